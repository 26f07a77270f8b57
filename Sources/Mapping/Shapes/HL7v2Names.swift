import Documents

// What HL7 v2 calls its fields: numbers.
extension ShapeResolver {
  /// Most messages have more fields than their shapes name: numbers are names of all shapes.
  mutating func nameHL7v2() {
    for position in 1..<200 { _ = names.name(String(position)) }
    _ = names.name("MSH")
  }

  /// Fields are written in rising order, however the shape lists them.
  static func sortPositions(_ fields: inout [Field]) {
    guard fields.allSatisfy({ Int($0.name) != nil }) else { return }
    fields.sort { Int($0.name) ?? 0 < Int($1.name) ?? 0 }
  }
}
