import Foundation

/// What an acknowledgement takes from a message's id here, a UUID of version 7.
enum HL7Identifier {
  /// MSH-10 of the acknowledgement: the id's last 20 digits, which chance made most of.
  static func text(_ id: String) -> String {
    String(id.filter { $0 != "-" }.suffix(20))
  }

  /// MSH-7: the time in the id, UTC, to the second (HL7 v2.5.1, section 2.A.77).
  static func time(_ id: String) -> String {
    let milliseconds = Int64(id.filter { $0 != "-" }.prefix(12), radix: 16) ?? 0
    let digits = Timestamp.text(milliseconds: milliseconds).prefix(19).filter(\.isNumber)
    return digits + "+0000"
  }
}
