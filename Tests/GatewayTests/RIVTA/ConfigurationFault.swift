import Diagnostics
import Gateway

/// What is wrong with lines of a `sluss.yaml`, in short.
enum ConfigurationFault {
  /// The code and the place of the first fault of these lines, which begin on the second line; nil when all is well.
  static func first(_ text: String) -> String? {
    do throws(DiagnosticError) {
      _ = try GatewayConfiguration(text: "systems: anybody\n" + text, named: "sluss.yaml")
      return nil
    } catch {
      return error.diagnostics.first.map { "\($0.code.rawValue) \($0.place.line):\($0.place.column)" }
    }
  }
}
