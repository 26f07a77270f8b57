import Cryptography
import Synchronization

/// Encrypts what messages hold and what is sent of them, with AES-256-GCM and keys that end with the content: a key for
/// each mapping and day. Once it is destroyed, nobody can read the content in old backups or logs either.
///
/// Each key is wrapped by one that is kept elsewhere and stays.
final class ContentKeys: Sendable {
  private struct Known {
    let bytes: [UInt8]
    /// When something was encrypted with it last; nil for never.
    var used: ContinuousClock.Instant?

    /// Whether something that was encrypted with it may still wait for its commit: nothing waits for an hour.
    var isFresh: Bool { used.map { $0.duration(to: .now) < .seconds(3600) } ?? false }
  }

  private static let mostKnown = 4096

  private let place: any ContentKeyPlace
  private let wrapping: [UInt8]
  private let codeKey: [UInt8]
  private let known = Mutex<[ContentKeyName: Known]>([:])

  /// - Parameters:
  ///   - wrapping: 32 bytes.
  ///   - codeKey: of the codes by which the same content is known again.
  init(_ place: any ContentKeyPlace, wrapping: [UInt8], codeKey: [UInt8]) {
    (self.place, self.wrapping, self.codeKey) = (place, wrapping, codeKey)
  }

  // MARK: sealing

  /// The message with its content encrypted as well.
  func sealing(_ message: NewMessage) throws(StoreError) -> NewMessage {
    let name = ContentKeyName(of: message)
    let code = HMAC.code(of: message.body, key: codeKey).bytes
    var message = message
    message.sealed = SealedContent(
      day: name.day,
      bytes: AESGCM.seal(
        message.body, key: try key(name), context: Self.context(ofMessage: message.id), behind: code))
    return message
  }

  /// What is to be sent of a message of that mapping and day, under its idempotency key.
  func seal(_ body: [UInt8], as key: String, _ name: ContentKeyName) throws(StoreError) -> [UInt8] {
    AESGCM.seal(body, key: try self.key(name), context: Self.context(ofDelivery: key))
  }

  // MARK: opening

  /// A message's content; nil when its key is not there any more, or it was changed.
  func open(_ content: [UInt8], ofMessage id: String, _ name: ContentKeyName) throws(StoreError) -> [UInt8]? {
    guard let key = try existing(name) else { return nil }
    return AESGCM.open(content, from: SealedContent.codeSize, key: key, context: Self.context(ofMessage: id))
  }

  /// What is to be sent under an idempotency key; nil likewise.
  func open(_ body: [UInt8], as key: String, _ name: ContentKeyName) throws(StoreError) -> [UInt8]? {
    guard let bytes = try existing(name) else { return nil }
    return AESGCM.open(body, key: bytes, context: Self.context(ofDelivery: key))
  }

  /// So that nobody can put one content in another's place.
  private static func context(ofMessage id: String) -> [UInt8] { Array("message \(id)".utf8) }
  private static func context(ofDelivery key: String) -> [UInt8] { Array("delivery \(key)".utf8) }

  // MARK: destroying

  /// Destroys the keys that are needed no longer.
  ///
  /// - Parameters:
  ///   - day: only keys of days before it.
  ///   - isNeeded: whether something encrypted with the key is still there.
  /// - Returns: how many were destroyed.
  func destroy(
    before day: Int64, unless isNeeded: (ContentKeyName) throws(StoreError) -> Bool
  ) throws(StoreError) -> Int {
    var count = 0
    for name in try place.names(before: day) where !isFresh(name) {
      if try isNeeded(name) { continue }
      try place.destroy(name)
      known.withLock { $0[name] = nil }
      count += 1
    }
    return count
  }

  /// As after a clock has leapt ahead.
  private func isFresh(_ name: ContentKeyName) -> Bool { known.withLock { $0[name]?.isFresh ?? false } }

  // MARK: keys

  /// Throws ``StoreError/foreignContentKey(mapping:)`` when the keys that are kept were wrapped by another one, so that
  /// nothing goes on that could read nothing.
  func check() throws(StoreError) {
    if let name = try place.last() { _ = try find(name) }
  }

  /// The key to encrypt with.
  private func key(_ name: ContentKeyName) throws(StoreError) -> [UInt8] {
    try known.withLock { known throws(StoreError) in
      if let key = known[name]?.bytes {
        known[name]?.used = .now
        return key
      }
      let found = try find(name)
      let key = if let found { found } else { try make(name) }
      known[name] = Known(bytes: key, used: .now)
      return key
    }
  }

  /// The key to decrypt with; nil when it is not there any more.
  private func existing(_ name: ContentKeyName) throws(StoreError) -> [UInt8]? {
    try known.withLock { known throws(StoreError) in
      if let key = known[name]?.bytes { return key }
      guard let key = try find(name) else { return nil }
      if known.count >= Self.mostKnown { known = known.filter { $0.value.isFresh } }
      known[name] = Known(bytes: key, used: nil)
      return key
    }
  }

  private func find(_ name: ContentKeyName) throws(StoreError) -> [UInt8]? {
    guard let wrapped = try place.wrapped(name) else { return nil }
    return try unwrap(wrapped, name)
  }

  private func make(_ name: ContentKeyName) throws(StoreError) -> [UInt8] {
    let wrapped = AESGCM.seal(Randomness.bytes(AESGCM.keySize), key: wrapping, context: name.context)
    return try unwrap(try place.keep(wrapped, as: name), name)
  }

  private func unwrap(_ wrapped: [UInt8], _ name: ContentKeyName) throws(StoreError) -> [UInt8] {
    guard let key = AESGCM.open(wrapped, key: wrapping, context: name.context) else {
      throw .foreignContentKey(mapping: name.mapping)
    }
    return key
  }
}
