/// A key's id or a pseudonym, in place: a log has as many as patients.
struct KeyName: Hashable, Sendable {
  private let high, low: UInt64

  init(_ bytes: Span<UInt8>, at offset: Int) {
    high = bytes.word(at: offset)
    low = bytes.word(at: offset + 8)
  }

  /// Nil unless these are ``SealedPatient/identifierSize`` bytes.
  init?(_ bytes: [UInt8]) {
    guard bytes.count == SealedPatient.identifierSize else { return nil }
    self.init(bytes.span, at: 0)
  }

  /// What the store finds entries by.
  var searchNumber: Int64 { Int64(bitPattern: UInt64(bigEndian: high)) }
}
