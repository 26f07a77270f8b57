/// XML Schema's ways of writing values that JSON and we don't know (XML Schema part 2, section 3.2).
enum XMLSchemaSyntax {
  typealias Bytes = UnsafeBufferPointer<UInt8>

  /// Our form of a value, `nil` when it already is ours, or is none.
  static func plain(_ text: Bytes, _ kind: ValueRule.Kind) -> [UInt8]? {
    switch kind {
    case .boolean: boolean(text)
    case .integer: text.contains(UInt8(ascii: ".")) ? nil : number(text)
    case .decimal: number(text)
    case .base64: text.contains { $0 <= 0x20 } ? text.filter { $0 > 0x20 } : nil
    case .date: date(text)
    default: nil
    }
  }

  /// `1` and `0` are booleans.
  private static func boolean(_ text: Bytes) -> [UInt8]? {
    guard text.count == 1 else { return nil }
    return switch text[0] {
    case UInt8(ascii: "1"): Array("true".utf8)
    case UInt8(ascii: "0"): Array("false".utf8)
    default: nil
    }
  }

  /// A date may say the offset of the place where it is that date; a calendar's day has none.
  private static func date(_ text: Bytes) -> [UInt8]? {
    let day = Bytes(rebasing: text.prefix(10))
    let midnight = Array(day) + Array("T00:00:00".utf8) + Array(text.dropFirst(10))
    return text.count > 10 && midnight.withUnsafeBufferPointer { DateSyntax.instant($0) } != nil
      ? Array(day) : nil
  }

  /// Numbers may have a plus, zeros before them, and nothing on one side of the point.
  private static func number(_ text: Bytes) -> [UInt8]? {
    let hasSign = text.first == UInt8(ascii: "+") || text.first == UInt8(ascii: "-")
    let unsigned = text.dropFirst(hasSign ? 1 : 0)
    let whole = unsigned.prefix(while: ScalarSyntax.isDigit)
    let fraction = unsigned.dropFirst(whole.count).dropFirst()
    guard isOdd(text, whole: whole.count, unsigned), fraction.allSatisfy(ScalarSyntax.isDigit),
      !(whole.isEmpty && fraction.isEmpty)
    else { return nil }
    let digits = whole.drop { $0 == UInt8(ascii: "0") }
    return (text.first == UInt8(ascii: "-") ? [UInt8(ascii: "-")] : [])
      + (digits.isEmpty ? [UInt8(ascii: "0")] : Array(digits))
      + (fraction.isEmpty ? [] : [UInt8(ascii: ".")] + fraction)
  }

  /// Whether a number is written otherwise than we do, as far as that can be mended.
  private static func isOdd(_ text: Bytes, whole: Int, _ unsigned: Bytes.SubSequence) -> Bool {
    let hasPoint = unsigned.dropFirst(whole).first == UInt8(ascii: ".")
    guard hasPoint || whole == unsigned.count else { return false }
    return text.first == UInt8(ascii: "+") || whole == 0 || whole > 1 && unsigned.first == UInt8(ascii: "0")
      || text.last == UInt8(ascii: ".")
  }
}
