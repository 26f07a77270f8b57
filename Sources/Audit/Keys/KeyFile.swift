import Cryptography
import Foundation

/// The master keys in a file with rights 0600.
///
/// Lines are `master NUMBER BASE64` and one `pseudonym BASE64`, each key of 32 bytes. The last master key wraps;
/// earlier ones still unwrap. The key for pseudonyms stays, since entries are found by it.
///
/// A line `token NUMBER URL BASE64` is a master key that the RSA key of a PKCS #11 token has wrapped: who has the file, but
/// not the token, has nothing. Its PIN stands in the file `token.pin` beside it. GnuTLS does AES in no token, so the
/// master key itself is in memory while the log is open.
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
      guard var key = words.last.flatMap(Base64.decode) else {
        throw .malformed(path: path, reason: "each line ends with a key of 32 bytes in Base64")
      }
      if words.first == "token", words.count == 4 { key = try Self.unwrap(key, with: words[2], path) }
      guard key.count == AESGCM.keySize else {
        throw .malformed(path: path, reason: "each line ends with a key of 32 bytes in Base64")
      }
      switch (words.first, words.count) {
      case ("master", 3), ("token", 4):
        guard let number = UInt8(words[1]), !masters.contains(where: { $0.0 == number }) else {
          throw .malformed(path: path, reason: "master keys have different numbers from 0 to 255")
        }
        masters.append((number, key))
      case ("pseudonym", 2): pseudonymKeys.append(key)
      default:
        throw .malformed(
          path: path, reason: "lines are `master NUMBER KEY`, `token NUMBER URL KEY` or `pseudonym KEY`")
      }
    }
    guard !masters.isEmpty, pseudonymKeys.count == 1 else {
      throw .malformed(path: path, reason: "at least one master key and one key for pseudonyms are needed")
    }
    self.masters = masters.map { (number: $0.0, key: $0.1) }
    pseudonymKey = pseudonymKeys[0]
  }

  /// Makes a file with new keys. Throws ``AuditError/file(path:reason:)``, also when it is there already.
  ///
  /// - Parameter token: the URL of the key in a PKCS #11 token that wraps the master key; nil for none.
  public static func create(_ path: String, token: String? = nil) throws(AuditError) {
    let master = Randomness.bytes(AESGCM.keySize)
    let pseudonym = Base64.encode(Randomness.bytes(AESGCM.keySize))
    var line = "master 1 \(Base64.encode(master))"
    if let token {
      guard !token.contains(" ") else { throw .malformed(path: path, reason: "a token's URL has no spaces") }
      let key = try tokenKey(token, besides: path)
      do {
        line = "token 1 \(token) \(Base64.encode(try key.wrap(master)))"
      } catch { throw refused(path, error) }
    }
    try SecretFile.create(path, "\(line)\npseudonym \(pseudonym)\n")
  }

  // MARK: tokens

  private static func unwrap(
    _ wrapped: [UInt8], with token: String, _ path: String
  ) throws(AuditError) -> [UInt8] {
    let key = try tokenKey(token, besides: path)
    do { return try key.unwrap(wrapped) } catch { throw refused(path, error) }
  }

  private static func tokenKey(_ url: String, besides path: String) throws(AuditError) -> TokenKey {
    let file = (path as NSString).deletingLastPathComponent + "/token.pin"
    guard FileManager.default.fileExists(atPath: file) else { return TokenKey(url: url) }
    return TokenKey(url: url, pin: try SecretFile.lines(file).first)
  }

  private static func refused(_ path: String, _ failure: TokenKey.Failure) -> AuditError {
    .file(path: path, reason: "the token does not give the master key: \(failure)")
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
