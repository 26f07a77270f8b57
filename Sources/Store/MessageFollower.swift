/// Is told of the messages that are to be translated, on their way to the disk.
///
/// Its functions must be short; they are called on whatever thread hands in or writes.
public protocol MessageFollower: AnyObject, Sendable {
  /// A message will be written behind all others that were announced before, unless that fails. Others wait meanwhile,
  /// and the store must not be called.
  func announce(_ message: NewMessage)

  /// A message is stored now, in the order in which such messages are, or never will be: it was announced, or refused
  /// at once.
  func settle(_ message: NewMessage, isStored: Bool)
}

/// Who follows a store's messages, as long as somebody else keeps him alive.
struct FollowerPlace: Sendable {
  weak var follower: (any MessageFollower)?
}
