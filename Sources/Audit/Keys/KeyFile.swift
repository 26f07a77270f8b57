import Cryptography

/// The master keys in a file with rights 0600.
///
/// Lines are `master NUMBER BASE64` and one `pseudonym BASE64`, each key of 32 bytes. The last master key wraps;
/// earlier ones still unwrap. The key for pseudonyms stays, since entries are found by it.
public struct KeyFile: KeyProvider {
  private let masters: [(number: UInt8, key: [UInt8])]
  private let pseudonymKey: [UInt8]

  /// Reads a file. Throws ``AuditError/unsafeFile(path:reason:)``, ``AuditError/file(path:reason:)`` or
  /// ``AuditError/malformed(path:reason:)``.
  public init(_ path: String) throws(AuditError) {
    var masters: [(UInt8, [UInt8])] = []
    var pseudonymKeys: [[UInt8]] = []
    for line in try SecretFile.lines(path) {
      let words = line.split(separator: " ").map(String.init)
      guard let key = words.last.flatMap(Base64.decode), key.count == AESGCM.keySize else {
        throw .malformed(path: path, reason: "each line ends with a key of 32 bytes in Base64")
      }
      switch (words.first, words.count) {
      case ("master", 3):
        guard let number = UInt8(words[1]), !masters.contains(where: { $0.0 == number }) else {
          throw .malformed(path: path, reason: "master keys have different numbers from 0 to 255")
        }
        masters.append((number, key))
      case ("pseudonym", 2): pseudonymKeys.append(key)
      default: throw .malformed(path: path, reason: "lines are `master NUMBER KEY` or `pseudonym KEY`")
      }
    }
    guard !masters.isEmpty, pseudonymKeys.count == 1 else {
      throw .malformed(path: path, reason: "at least one master key and one key for pseudonyms are needed")
    }
    self.masters = masters.map { (number: $0.0, key: $0.1) }
    pseudonymKey = pseudonymKeys[0]
  }

  /// Makes a file with new keys. Throws ``AuditError/file(path:reason:)``, also when it is there already.
  public static func create(_ path: String) throws(AuditError) {
    let master = Base64.encode(Randomness.bytes(AESGCM.keySize))
    let pseudonym = Base64.encode(Randomness.bytes(AESGCM.keySize))
    try SecretFile.create(path, "master 1 \(master)\npseudonym \(pseudonym)\n")
  }

  /// The number of the master key that wraps.
  public var masterNumber: UInt8 { masters[masters.count - 1].number }

  /// Encrypts with the last master key; its number comes first.
  public func wrap(_ key: [UInt8], context: [UInt8]) throws(AuditError) -> [UInt8] {
    let master = masters[masters.count - 1]
    return [master.number] + AESGCM.seal(key, key: master.key, context: context)
  }

  /// Decrypts with the master key whose number comes first.
  public func unwrap(_ wrapped: [UInt8], context: [UInt8]) throws(AuditError) -> [UInt8]? {
    guard let master = masters.first(where: { $0.number == wrapped.first }) else { return nil }
    return AESGCM.open(Array(wrapped.dropFirst()), key: master.key, context: context)
  }

  /// HMAC-SHA-256.
  public func pseudonym(of text: String) throws(AuditError) -> [UInt8] {
    HMAC.code(of: text, key: pseudonymKey).bytes
  }
}
