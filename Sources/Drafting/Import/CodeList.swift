/// Enumerations as `code(a, b)`.
enum CodeList {
  /// The values as a list of codes; `nil` when one of them can't be written in a shape.
  static func value(_ values: [String]) -> SchemaValue? {
    var codes: [String] = []
    for value in values where !value.isEmpty && !codes.contains(value) { codes.append(value) }
    guard !codes.isEmpty, codes.allSatisfy(isWritable) else { return nil }
    return SchemaValue(
      type: "code(\(codes.joined(separator: ", ")))", family: .text, codes: codes,
      mayBeEmpty: values.contains(""))
  }

  private static func isWritable(_ code: String) -> Bool {
    code == code.collapsed && code.allSatisfy { $0 != "," && $0 != "(" && $0 != ")" }
  }
}
