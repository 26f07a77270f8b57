extension PatientIdentifier {
  /// Reads `SYSTEM|VALUE`, or the twelve digits of a personnummer or samordningsnummer, whose day is above 60.
  /// Nil for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: "|", maxSplits: 1).map(String.init)
    if parts.count == 2 {
      self.init(system: parts[0], value: parts[1])
      return
    }
    let digits = text.filter { $0 != "-" }
    guard digits.count == 12, digits.utf8.allSatisfy({ (48...57).contains($0) }),
      let day = Int(digits.dropFirst(6).prefix(2))
    else { return nil }
    let kind = day > 60 ? "samordningsnummer" : "personnummer"
    self.init(system: "http://electronichealth.se/identifier/\(kind)", value: digits)
  }
}
