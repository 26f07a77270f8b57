import Foundation

/// Tables in CSV (RFC 4180) that no spreadsheet takes for formulas (OWASP ASVS 1.2.10).
enum CSVText {
  static func table(_ columns: [String], _ rows: [[String]]) -> String {
    ([columns] + rows).map { $0.map(field).joined(separator: ";") + "\r\n" }.joined()
  }

  private static let formulaStarts: Set<Character> = [
    "=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠",
  ]

  private static func field(_ text: String) -> String {
    let safe = text.first.map(formulaStarts.contains) == true ? "'" + text : text
    guard safe.unicodeScalars.contains(where: { ";\"\r\n".unicodeScalars.contains($0) }) else { return safe }
    return "\"" + safe.replacingOccurrences(of: "\"", with: "\"\"") + "\""
  }
}

/// Tables as JSON arrays of objects.
enum JSONText {
  static func array(_ columns: [String], _ rows: [[String]]) -> String {
    let objects = rows.map { row in
      let members = zip(columns, row).filter { !$1.isEmpty }.map { "\(string($0)): \(string($1))" }
      return "  {" + members.joined(separator: ", ") + "}"
    }
    return objects.isEmpty ? "[]\n" : "[\n" + objects.joined(separator: ",\n") + "\n]\n"
  }

  private static func string(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case _ where scalar.value < 32:
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
