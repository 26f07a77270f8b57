/// Keeps the master key and works with it; a provider for PKCS #11 never lets the key itself out.
public protocol KeyProvider: Sendable {
  /// Encrypts a patient's key.
  ///
  /// - Parameter context: whose key it is; needed again to unwrap it.
  func wrap(_ key: [UInt8], context: [UInt8]) throws(AuditError) -> [UInt8]

  /// A patient's key; nil when it was wrapped by a master key that is not here, or was changed.
  func unwrap(_ wrapped: [UInt8], context: [UInt8]) throws(AuditError) -> [UInt8]?

  /// HMAC-SHA-256 of a text with the key for pseudonyms, 32 bytes.
  func pseudonym(of text: String) throws(AuditError) -> [UInt8]
}
