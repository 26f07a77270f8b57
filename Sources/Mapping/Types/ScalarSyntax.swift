/// Whether a text is a value of a type; one small scan for each, none allocates.
enum ScalarSyntax {
  typealias Bytes = UnsafeBufferPointer<UInt8>

  static func string(_ text: Bytes) -> Bool {
    let scan = ByteScan(text, below: 0x20)
    return !scan.holdsControl && !(scan.holdsEF && holdsNoncharacter(text))
  }

  /// U+FFFE and U+FFFF, which XML does not allow.
  private static func holdsNoncharacter(_ text: Bytes) -> Bool {
    var at = 0
    while let lead = text[at...].firstIndex(of: 0xEF) {
      if lead + 2 < text.count, text[lead + 1] == 0xBF, text[lead + 2] >= 0xBE { return true }
      at = lead + 1
    }
    return false
  }

  static func text(_ text: Bytes) -> Bool {
    let scan = ByteScan(text, below: 0x20)
    return !(scan.holdsControl && !holdsLineBreaksOnly(text)) && !(scan.holdsEF && holdsNoncharacter(text))
  }

  /// Whether all control characters are line breaks and tabs.
  private static func holdsLineBreaksOnly(_ text: Bytes) -> Bool {
    text.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
  }

  static func uri(_ text: Bytes) -> Bool { !text.isEmpty && !ByteScan(text, below: 0x21).holdsControl }

  /// FHIR R4's `code`: no white space but single spaces inside.
  static func code(_ text: Bytes) -> Bool {
    if !ByteScan(text, below: 0x21).holdsControl { return !text.isEmpty }
    var previous = UInt8(ascii: " ")
    for byte in text {
      guard byte >= 0x20, byte != 0x7F, byte != 0x20 || previous != 0x20 else { return false }
      previous = byte
    }
    return previous != 0x20
  }

  static func boolean(_ text: Bytes) -> Bool {
    text.elementsEqual("true".utf8) || text.elementsEqual("false".utf8)
  }

  static func integer(_ text: Bytes) -> Bool { number(text, allowsFraction: false) }

  static func decimal(_ text: Bytes) -> Bool { number(text, allowsFraction: true) }

  private static func number(_ text: Bytes, allowsFraction: Bool) -> Bool {
    var at = text.first == UInt8(ascii: "-") ? 1 : 0
    let whole = at
    while at < text.count, isDigit(text[at]) { at += 1 }
    guard at > whole, at == whole + 1 || text[whole] != UInt8(ascii: "0") else { return false }
    if allowsFraction, at < text.count, text[at] == UInt8(ascii: ".") {
      let fraction = at + 1
      at = fraction
      while at < text.count, isDigit(text[at]) { at += 1 }
      guard at > fraction else { return false }
    }
    return at == text.count
  }

  static func time(_ text: Bytes) -> Bool {
    guard text.count >= 8, text[2] == UInt8(ascii: ":"), text[5] == UInt8(ascii: ":"),
      let hour = digits(text, 0, 2), let minute = digits(text, 3, 2), let second = digits(text, 6, 2)
    else { return false }
    let fraction = text[8...]
    return hour < 24 && minute < 60 && second < 60
      && (fraction.isEmpty
        || fraction.first == UInt8(ascii: ".") && fraction.count > 1
          && fraction.dropFirst().allSatisfy(isDigit))
  }

  static func base64(_ text: Bytes) -> Bool {
    guard text.count % 4 == 0 else { return false }
    let padding = text.reversed().prefix(2).prefix { $0 == UInt8(ascii: "=") }.count
    return text.dropLast(padding).allSatisfy { byte in
      isDigit(byte) || isLetter(byte) || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "/")
    }
  }

  /// Inera's HSA-id: `SE`, the organisation number, `-`, up to 16 characters A–Z 0–9; small letters occur and
  /// are taken.
  static func hsaID(_ text: Bytes) -> Bool {
    guard text.count > 13, text.count <= 29, text[0] == UInt8(ascii: "S"), text[1] == UInt8(ascii: "E"),
      text[12] == UInt8(ascii: "-")
    else { return false }
    return text[2..<12].allSatisfy(isDigit) && text[13...].allSatisfy { isDigit($0) || isLetter($0) }
  }

  /// `[0-9]{8}[0-9pPtTfF][0-9]{3}` as crm:scheduling has it, or with letters `[0-9]{8}[0-9A-Zptf]{4}` as the engagement
  /// index has it.
  static func personID(_ text: Bytes, hasLetters: Bool) -> Bool {
    guard text.count == 12, text[..<8].allSatisfy(isDigit) else { return false }
    guard hasLetters else {
      return (isDigit(text[8]) || isReserveMark(text[8] | 0x20)) && text[9...].allSatisfy(isDigit)
    }
    return text[8...].allSatisfy {
      isDigit($0) || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 || isReserveMark($0)
    }
  }

  private static func isReserveMark(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "p") || byte == UInt8(ascii: "t") || byte == UInt8(ascii: "f")
  }

  @inline(__always)
  static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

  static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }

  /// The value of `count` digits at an offset, or `nil` when there are none.
  @inline(__always)
  static func digits(_ text: Bytes, _ offset: Int, _ count: Int) -> Int? {
    guard offset + count <= text.count else { return nil }
    var value = 0
    for i in offset..<offset + count {
      guard isDigit(text[i]) else { return nil }
      value = value * 10 + Int(text[i] &- UInt8(ascii: "0"))
    }
    return value
  }
}
