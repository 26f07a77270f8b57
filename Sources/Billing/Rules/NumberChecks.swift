/// Check digits of numbers that end with one.
public enum NumberChecks {
  /// Whether digits pass the Luhn check (ISO/IEC 7812-1, annex B); false for anything but digits.
  public static func isLuhn(_ digits: some StringProtocol) -> Bool { isLuhn(utf8: Array(digits.utf8)) }

  /// Likewise, of UTF-8.
  static func isLuhn(utf8 digits: some BidirectionalCollection<UInt8>) -> Bool {
    var sum = 0
    var doubles = false
    for byte in digits.reversed() {
      guard byte &- 0x30 < 10 else { return false }
      let digit = Int(byte &- 0x30) * (doubles ? 2 : 1)
      sum += digit / 10 + digit % 10
      doubles.toggle()
    }
    return !digits.isEmpty && sum % 10 == 0
  }

  /// Whether a text is an organisation number: ten digits, the third at least 2, Luhn.
  public static func isOrganisationNumber(_ text: String) -> Bool {
    text.utf8.count == 10 && Array(text.utf8)[2] >= UInt8(ascii: "2") && isLuhn(text)
  }

  /// Whether a text is a GLN: thirteen digits, the last of which checks the others (GS1 General Specifications,
  /// section 7.9).
  public static func isGLN(_ text: String) -> Bool {
    let digits = text.utf8.map { Int($0) - 0x30 }
    guard digits.count == 13, digits.allSatisfy((0...9).contains) else { return false }
    return digits.reversed().enumerated().reduce(0) { $0 + $1.element * ($1.offset % 2 == 0 ? 1 : 3) } % 10
      == 0
  }

  /// Whether a text is a personnummer or samordningsnummer of twelve digits: Luhn over the last ten.
  public static func isPersonNumber(_ text: String) -> Bool { isPersonNumber(utf8: text.utf8) }

  /// Likewise, of UTF-8.
  static func isPersonNumber(utf8 text: some BidirectionalCollection<UInt8>) -> Bool {
    guard text.count == 12, let first = text.first, let second = text.dropFirst().first else { return false }
    let century = Int(first) * 256 + Int(second)
    return [0x3138, 0x3139, 0x3230].contains(century) && isLuhn(utf8: text.dropFirst(2))
  }

  /// Whether a personnummer or samordningsnummer stands in a text, with ten or twelve digits, with or without
  /// `-` or `+`: a plausible month and day and a right check digit.
  public static func holdsPersonNumber(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    var index = 0
    while index < bytes.count {
      guard isDigit(bytes[index]) else {
        index += 1
        continue
      }
      var (digits, end): ([UInt8], Int) = ([], index)
      while end < bytes.count, isDigit(bytes[end]) || isSign(bytes, end, digits.count) {
        if isDigit(bytes[end]) { digits.append(bytes[end]) }
        end += 1
      }
      if isPlausible(digits) { return true }
      index = end
    }
    return false
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  /// A sign belongs to a number of six or eight digits when four follow.
  private static func isSign(_ bytes: [UInt8], _ at: Int, _ count: Int) -> Bool {
    guard [0x2B, 0x2D].contains(bytes[at]), count == 6 || count == 8, at + 4 < bytes.count else {
      return false
    }
    return bytes[(at + 1)...(at + 4)].allSatisfy(isDigit)
  }

  private static func isPlausible(_ digits: [UInt8]) -> Bool {
    guard digits.count == 10 || digits.count == 12 else { return false }
    let ten = String(decoding: digits.suffix(10), as: UTF8.self)
    let month = Int(ten.dropFirst(2).prefix(2)) ?? 99
    let day = (Int(ten.dropFirst(4).prefix(2)) ?? 99) % 60
    return month <= 12 && day <= 31 && isLuhn(ten)
  }
}
