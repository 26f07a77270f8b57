import Cryptography

/// A message's content as it is stored: a keyed code, by which the same content is known again without opening it, and
/// the box behind it.
struct SealedContent: Sendable {
  static let codeSize = 32
  /// Bytes that it is longer than the content.
  static let overhead = codeSize + AESGCM.overhead

  /// The day of its key; see ``ContentKeyName/day``.
  let day: Int64
  /// The code and the box.
  let bytes: [UInt8]

  var code: ArraySlice<UInt8> { bytes.prefix(Self.codeSize) }
}
