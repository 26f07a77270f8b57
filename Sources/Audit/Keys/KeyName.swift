/// A key's id or a pseudonym, in place: a log has as many as patients.
struct KeyName: Hashable, Sendable {
  /// The bytes as they lie in memory.
  let high, low: UInt64

  static let zero = KeyName(high: 0, low: 0)

  private init(high: UInt64, low: UInt64) { (self.high, self.low) = (high, low) }

  init(_ bytes: Span<UInt8>, at offset: Int) {
    self.init(high: bytes.word(at: offset), low: bytes.word(at: offset + 8))
  }

  /// Nil unless these are ``SealedPatient/identifierSize`` bytes.
  init?(_ bytes: [UInt8]) {
    guard bytes.count == SealedPatient.identifierSize else { return nil }
    self.init(bytes.span, at: 0)
  }

  /// What the store finds entries by.
  var searchNumber: Int64 { Int64(bitPattern: UInt64(bigEndian: high)) }

  /// They are random; half of them says enough.
  func hash(into hasher: inout Hasher) { hasher.combine(low) }
}
