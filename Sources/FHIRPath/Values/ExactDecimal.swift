/// A decimal number without rounding: digits and how many of them stand behind the point.
///
/// Holds what the specification asks for (28 digits before and 8 behind the point) and a little more.
struct ExactDecimal: BitwiseCopyable {
  var digits: Int128
  var scale: Int

  init(digits: Int128, scale: Int) {
    self.digits = digits
    self.scale = scale
  }

  init(_ integer: Int64) { self.init(digits: Int128(integer), scale: 0) }

  init?(_ text: String) {
    var text = text
    guard let decimal = text.withUTF8({ Self.read($0[...]) }) else { return nil }
    self = decimal
  }

  /// Reads `-12.50`, `+3`, `1.5e3`; `nil` for anything else and for more than 37 digits.
  static func read(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> ExactDecimal? {
    var bytes = bytes
    var exponent = 0
    if let e = bytes.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "e") }) {
      guard let value = Int(String(decoding: bytes[(e + 1)...], as: UTF8.self)), (-37...37).contains(value)
      else { return nil }
      exponent = value
      bytes = bytes[..<e]
    }
    return plain(bytes)?.shifted(exponent)
  }

  private static func plain(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> ExactDecimal? {
    var rest = bytes
    let isNegative = bytes.first == UInt8(ascii: "-")
    if isNegative || bytes.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    var digits: Int128 = 0
    var point: Int?
    for index in rest.indices {
      let byte = rest[index]
      if byte == UInt8(ascii: "."), point == nil, index > rest.startIndex {
        point = index
      } else {
        let (tens, overflow) = digits.multipliedReportingOverflow(by: 10)
        guard byte &- 0x30 < 10, !overflow, tens < .max - 9 else { return nil }
        digits = tens + Int128(byte &- 0x30)
      }
    }
    let scale = point.map { rest.endIndex - $0 - 1 } ?? 0
    guard !rest.isEmpty, point == nil || scale > 0 else { return nil }
    return ExactDecimal(digits: isNegative ? -digits : digits, scale: scale)
  }

  private func shifted(_ exponent: Int) -> ExactDecimal? {
    if scale >= exponent { return ExactDecimal(digits: digits, scale: scale - exponent) }
    return rescaled(to: exponent).map { ExactDecimal(digits: $0.digits, scale: 0) }
  }

  /// The same number with more digits behind the point; `nil` when it does not fit.
  func rescaled(to newScale: Int) -> ExactDecimal? {
    guard newScale - scale <= 38 else { return digits == 0 ? ExactDecimal(digits: 0, scale: newScale) : nil }
    var result = self
    while result.scale < newScale {
      let (digits, overflow) = result.digits.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      result = ExactDecimal(digits: digits, scale: result.scale + 1)
    }
    return result
  }

  /// The number without needless zeros at its end.
  var trimmed: ExactDecimal {
    var result = self
    while result.scale > 0, result.digits % 10 == 0 {
      result = ExactDecimal(digits: result.digits / 10, scale: result.scale - 1)
    }
    return result
  }

  /// The whole part.
  var truncated: ExactDecimal {
    var whole = digits
    for _ in 0..<scale { whole /= 10 }
    return ExactDecimal(digits: whole, scale: 0)
  }

  /// The number with exactly `places` digits behind the point, cut towards the lesser or the greater number.
  func cut(to places: Int, up: Bool) -> ExactDecimal? {
    var cut = self
    var isInexact = false
    while cut.scale > places {
      if cut.digits % 10 != 0 { isInexact = true }
      cut = ExactDecimal(digits: cut.digits / 10, scale: cut.scale - 1)
    }
    if isInexact, up == (digits > 0) { cut.digits += up ? 1 : -1 }
    return cut.rescaled(to: places)
  }

  /// The number with at most `places` digits behind the point, halves away from zero.
  func rounded(to places: Int) -> ExactDecimal {
    var result = self
    var last: Int128 = 0
    while result.scale > places {
      last = result.digits % 10
      result = ExactDecimal(digits: result.digits / 10, scale: result.scale - 1)
    }
    if abs(last) >= 5 { result.digits += digits < 0 ? -1 : 1 }
    return result
  }
}

extension ExactDecimal: CustomStringConvertible {
  var description: String {
    let text = String(digits.magnitude)
    let sign = digits < 0 ? "-" : ""
    guard scale > 0 else { return sign + text }
    let padded = String(repeating: "0", count: max(0, scale + 1 - text.count)) + text
    return sign + padded.dropLast(scale) + "." + padded.suffix(scale)
  }
}
