public import Diagnostics
import Foundation
public import Mapping

/// The rules of bookings in a folder of mappings.
public enum BookingFolder {
  /// Reads and checks `booking.yaml`, if there is one.
  /// - Throws: all that is wrong with it, as mappings that it names and the folder lacks.
  public static func check(_ folder: String, _ library: MappingLibrary) throws(DiagnosticError) {
    _ = try rules(folder, library)
  }

  /// The file's name in a folder of mappings.
  static let file = "booking.yaml"

  /// What is in the file; nil when it is not there.
  static func text(in folder: String) -> [UInt8]? {
    FileManager.default.contents(atPath: "\(folder)/\(file)").map { Array($0) }
  }

  /// The rules; nil without such a file.
  static func rules(_ folder: String, _ library: MappingLibrary) throws(DiagnosticError) -> BookingRules? {
    guard let rules = try BookingRules.load(folder) else { return nil }
    let missing = rules.missing(in: library)
    guard missing.isEmpty else {
      let place = Place(file: "\(folder)/\(file)", line: 1, column: 1)
      throw DiagnosticError(missing.map { Diagnostic(.unknownMapping(name: $0, near: []), at: place) })
    }
    return rules
  }
}
