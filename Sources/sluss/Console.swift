import Diagnostics
import Foundation

/// What people see: results on standard output, everything else on standard error.
enum Console {
  static let errorIsTerminal = isatty(STDERR_FILENO) == 1

  /// Writes bytes to standard output, behind what was printed.
  static func put(_ bytes: [UInt8]) {
    fflush(nil)
    FileHandle.standardOutput.write(Data(bytes))
  }

  /// Writes a line to standard error, behind what was printed: both may go to one file.
  static func complain(_ text: String) {
    fflush(nil)
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }

  /// Shows diagnostics, for people or with `asJSON` for tools.
  static func show(_ diagnostics: [Diagnostic], asJSON: Bool = false) {
    guard !asJSON else { return print(JSONRenderer().render(diagnostics)) }
    guard !diagnostics.isEmpty else { return }
    complain(TerminalRenderer(color: errorIsTerminal).render(diagnostics))
  }

  /// Shows any error.
  static func show(_ error: any Error, asJSON: Bool = false) {
    switch error {
    case let error as DiagnosticError: show(error.diagnostics, asJSON: asJSON)
    case let error as Diagnostic: show([error], asJSON: asJSON)
    default: complain("sluss: \(error)")
    }
  }
}
