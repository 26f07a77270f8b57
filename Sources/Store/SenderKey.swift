import Cryptography

/// A sender's key as it is kept: a long one as its hash, for indexes of PostgreSQL take at most 2 700 bytes, and both
/// engines are to say the same of a message.
enum SenderKey {
  private static let mostBytes = 1024

  static func kept(_ key: String) -> String {
    guard key.utf8.count > mostBytes else { return key }
    return "sha256:" + SHA256.digest(of: Array(key.utf8)).hexadecimal
  }
}
