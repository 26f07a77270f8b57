import Cryptography

/// A secret that a system shows to say who it is (RFC 6750): 256 random bits, so that its plain hash can be
/// kept.
public struct AccessToken: Sendable {
  /// What the system sends; told once and kept nowhere here.
  public let text: String

  /// A new one.
  public init(using random: inout some RandomNumberGenerator) {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    let letters = (0..<43).map { _ in alphabet[Int(UInt8.random(in: 0..<64, using: &random))] }
    text = "sluss_" + String(decoding: letters, as: UTF8.self)
  }

  /// What stands in `sluss.yaml`.
  public var hash: TokenHash { TokenHash(of: text) }
}

/// The SHA-256 digest of a token, written `sha256:` and 64 hexadecimal digits.
public struct TokenHash: Sendable, Equatable, CustomStringConvertible {
  private static let mark = "sha256:"
  private let bytes: [UInt8]

  /// The hash of a token as a system sends it.
  public init(of token: String) {
    bytes = SHA256.digest(of: Array(token.utf8)).bytes
  }

  /// Reads a hash; nil when the text is none.
  public init?(_ text: String) {
    guard text.hasPrefix(Self.mark), let bytes = Hexadecimal.bytes(text.dropFirst(Self.mark.count)),
      bytes.count == SHA256.Digest.size
    else { return nil }
    self.bytes = bytes
  }

  /// Whether both are of one token, in a time that tells nothing.
  public func matches(_ other: TokenHash) -> Bool { ConstantTime.equals(bytes, other.bytes) }

  /// As it is written.
  public var description: String { Self.mark + Hexadecimal.text(bytes) }
}
