import Cryptography
import Store

/// A record's patient: a keyed pseudonym to search by, a keyed commitment, and the rest encrypted.
public struct SealedPatient: Sendable, Equatable {
  /// Bytes of a pseudonym and of a key's id.
  public static let identifierSize = 16
  private static let saltSize = 32

  /// The first 16 bytes of the patient's HMAC with the key for pseudonyms.
  public let pseudonym: [UInt8]
  /// What is encrypted; nil where an entry only names a patient whose key is destroyed by it.
  public let content: Content?

  /// The encrypted part.
  public struct Content: Sendable, Equatable {
    /// The key that it was encrypted with.
    public let keyID: [UInt8]
    /// HMAC-SHA-256 of the patient's part with a salt of its own, which is encrypted with it. Whoever is told
    /// both can check that the entry is about this patient; nobody else learns anything.
    public let commitment: [UInt8]
    /// The box of ``AESGCM``: salt, then the patient's part.
    public let box: [UInt8]
  }

  init(pseudonym: [UInt8], content: Content? = nil) {
    self.pseudonym = pseudonym
    self.content = content
  }

  /// The number that the store finds a patient's entries by.
  public var searchNumber: Int64 { Self.number(pseudonym) }

  /// The first eight bytes as a number.
  static func number(_ bytes: [UInt8]) -> Int64 {
    bytes.prefix(8).reduce(0) { $0 << 8 | Int64($1) }
  }

  // MARK: sealing

  /// Encrypts the patient and the detail of an event.
  static func seal(
    _ patient: PatientIdentifier, detail: String, pseudonym: [UInt8], key: PatientKey, context: [UInt8]
  ) throws(AuditError) -> SealedPatient {
    // Drawn at once, which costs half.
    let random = Randomness.passing(saltSize + AESGCM.nonceSize)
    var writer = RecordWriter(capacity: 192)
    writer.put(raw: random[..<saltSize])
    try writer.put(patient.system, as: "patient")
    try writer.put(patient.value, as: "patient")
    try writer.put(detail, as: "detail")
    let plain = writer.bytes
    let id = key.use.id
    var bound = RecordWriter(capacity: context.count + 2 * identifierSize)
    bound.put(raw: context[...])
    bound.put(raw: pseudonym[...])
    bound.put(raw: id[...])
    let box = AESGCM.seal(
      plain, key: key.bytes, context: bound.bytes, nonce: Array(random[saltSize...]))
    return SealedPatient(
      pseudonym: pseudonym, content: Content(keyID: id, commitment: commitment(of: plain), box: box))
  }

  /// - Parameter plain: salt, then the patient's part.
  private static func commitment(of plain: [UInt8]) -> [UInt8] {
    HMAC.code(of: plain[saltSize...], key: plain[..<saltSize]).bytes
  }

  /// The patient and the detail; nil when the key is another one or anything was changed.
  func open(key: [UInt8], context: [UInt8]) -> (patient: PatientIdentifier, detail: String)? {
    guard let content,
      let plain = AESGCM.open(content.box, key: key, context: context + pseudonym + content.keyID),
      plain.count > Self.saltSize
    else { return nil }
    guard Self.commitment(of: plain) == content.commitment else { return nil }
    var reader = RecordReader(Array(plain[Self.saltSize...]))
    guard let system = reader.text(), let value = reader.text(), let detail = reader.text(), reader.isAtEnd
    else { return nil }
    return (PatientIdentifier(system: system, value: value), detail)
  }

  // MARK: bytes

  init?(_ reader: inout RecordReader, hasContent: Bool) {
    guard let pseudonym = reader.raw(Self.identifierSize) else { return nil }
    self.pseudonym = pseudonym
    guard hasContent else {
      content = nil
      return
    }
    guard let keyID = reader.raw(Self.identifierSize), let commitment = reader.raw(SHA256.Digest.size),
      let box = reader.value()
    else { return nil }
    content = Content(keyID: keyID, commitment: commitment, box: box)
  }

  func write(to writer: inout RecordWriter) throws(AuditError) {
    writer.put(raw: pseudonym[...])
    guard let content else { return }
    writer.put(raw: content.keyID[...])
    writer.put(raw: content.commitment[...])
    try writer.put(content.box, as: "patient")
  }
}
