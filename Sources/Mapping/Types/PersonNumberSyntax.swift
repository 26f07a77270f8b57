/// Personnummer and samordningsnummer in their twelve-digit form (Skatteverket SKV 704).
enum PersonNumberSyntax {
  /// Twelve digits whose last is the Luhn check digit of the nine before it.
  ///
  /// A personnummer's month and day must be possible and its birth number above 000. A samordningsnummer (day
  /// + 60) may have a month or day that is no date:
  /// Skatteverket issues such numbers, month 00 among them.
  static func isValid(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.count == 12, text.allSatisfy(ScalarSyntax.isDigit), hasRightCheckDigit(text),
      let year = ScalarSyntax.digits(text, 0, 4), let month = ScalarSyntax.digits(text, 4, 2),
      let day = ScalarSyntax.digits(text, 6, 2), let serial = ScalarSyntax.digits(text, 8, 3), year >= 1800,
      year < 2100
    else { return false }
    if day >= 60 { return day <= 91 && month <= 12 }
    return serial > 0 && CivilDate(year: year, month: month, day: day).isReal
  }

  private static func hasRightCheckDigit(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var sum = 0
    for i in 2..<12 {
      let digit = Int(text[i] &- UInt8(ascii: "0"))
      let weighted = i % 2 == 0 ? digit * 2 : digit
      sum += weighted / 10 + weighted % 10
    }
    return sum % 10 == 0
  }
}
