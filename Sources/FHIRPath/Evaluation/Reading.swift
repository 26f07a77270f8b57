import Documents

// What nodes and texts say as values of their type.
extension Evaluation {
  /// The value of an item: a node that is a value becomes one, an object stays a node.
  @inline(__always)
  func value(_ item: Item) -> Item {
    switch item {
    case .node(let id, let type): value(of: id, type) ?? item
    case .extended(let id, _, let type): id < 0 ? item : value(of: id, type) ?? item
    default: item
    }
  }

  /// What a node that is a value says; `nil` for an object.
  func value(of id: NodeID, _ type: FormulaType) -> Item? {
    let node = forest[id]
    switch node.kind {
    case .object, .array: return nil
    case .string, .null, .boolean, .number:
      return read(node.text, as: type.system ?? self.type(ofUnshaped: node))
    }
  }

  private func type(ofUnshaped node: Node) -> SystemType {
    switch node.kind {
    case .boolean: .boolean
    case .number:
      forest.text[node.text].contains(where: { $0 > UInt8(ascii: "9") || $0 == UInt8(ascii: ".") })
        ? .decimal : .integer
    default: .string
    }
  }

  private func read(_ text: TextRange, as type: SystemType) -> Item {
    switch type {
    case .boolean: forest.truth(of: text).map(Item.boolean) ?? .text(text, .string)
    case .integer: forest.integer(of: text).map(Item.integer) ?? .text(text, .decimal)
    default: .text(text, type)
    }
  }

  /// A number as an exact decimal; `nil` for what is none.
  func decimal(_ value: Item) -> ExactDecimal? {
    switch value {
    case .integer(let value): ExactDecimal(value)
    case .text(let text, .decimal): forest.text.withElements { ExactDecimal.read($0[text.indices]) }
    default: nil
    }
  }

  /// A date or time; `nil` for what is none.
  func calendarTime(_ value: Item) -> CalendarTime? {
    guard case .text(let text, let type) = value, type.isCalendar else { return nil }
    return forest.text.withElements { CalendarTime($0[text.indices], type) }
  }

  /// What an item is, in the words of a diagnostic.
  func description(_ item: Item) -> String {
    switch value(item) {
    case .node, .extended: "an object"
    case .quantity: SystemType.quantity.rawValue
    case .type: "a type"
    case .text(_, let type): type.rawValue
    case .boolean: SystemType.boolean.rawValue
    case .integer: SystemType.integer.rawValue
    }
  }
}

extension Forest {
  /// `true`, `false`, and XML's `1`, `0`.
  fileprivate func truth(of range: TextRange) -> Bool? {
    switch range.length == 0 ? 0 : text[Int(range.start)] {
    case UInt8(ascii: "t"), UInt8(ascii: "1"): true
    case UInt8(ascii: "f"), UInt8(ascii: "0"): false
    default: nil
    }
  }

  /// A whole number of 64 bits, perhaps with a sign.
  func integer(of range: TextRange) -> Int64? {
    text.withElements { bytes in
      let digits = bytes[range.indices]
      let isSigned = digits.first == UInt8(ascii: "-") || digits.first == UInt8(ascii: "+")
      guard digits.count > (isSigned ? 1 : 0) else { return nil }
      return Self.integer(digits.dropFirst(isSigned ? 1 : 0), isNegative: digits.first == UInt8(ascii: "-"))
    }
  }

  private static func integer(_ digits: Slice<UnsafeBufferPointer<UInt8>>, isNegative: Bool) -> Int64? {
    var value: Int64 = 0
    for byte in digits {
      let digit = Int64(byte &- 0x30)
      let (tens, tooLarge) = value.multipliedReportingOverflow(by: 10)
      let (sum, overflow) =
        isNegative ? tens.subtractingReportingOverflow(digit) : tens.addingReportingOverflow(digit)
      guard digit < 10, !tooLarge, !overflow else { return nil }
      value = sum
    }
    return value
  }
}

extension Arena<UInt8> {
  /// The bytes of a text.
  subscript(range: TextRange) -> [UInt8] { withElements { Array($0[range.indices]) } }
}
