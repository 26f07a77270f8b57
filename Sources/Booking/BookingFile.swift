public import Store

/// What is kept of a booking for as long as sagas are about it, and a while longer.
public struct BookingFile: Codable, Hashable, Sendable {
  /// Its id in all sagas.
  public let id: String
  /// The sagas that are not done, in their order.
  public internal(set) var queue: [String] = []
  /// The time that it has, as far as is known.
  public internal(set) var time: BookedTime?
  /// The slots that are locked for it.
  public internal(set) var slots: [String] = []
  /// What the systems call it.
  public internal(set) var names: [String] = []
  /// What is known of it beyond that: the business of ``BookingSystems``; may hold patient data.
  public internal(set) var dossier: [UInt8] = []
  /// When it was changed last, milliseconds since 1970.
  public internal(set) var changed: Int64 = 0

  init(id: String) { self.id = id }
}

/// A message that a saga causes.
public struct BookingMessage: Sendable {
  /// The message.
  public let message: NewMessage

  /// A message.
  public init(_ message: NewMessage) { self.message = message }
}

/// What a saga begins with.
public struct BookingBeginning: Sendable {
  /// What is wanted.
  public var intent: BookingIntent
  /// What is known of the booking; nil for what was known before.
  public var dossier: [UInt8]?
  /// What the systems call it.
  public var names: [String] = []
  /// The slot that nobody else may have from now on; nil to leave that to the journal.
  public var slot: String?

  /// A beginning.
  public init(_ intent: BookingIntent, dossier: [UInt8]? = nil, names: [String] = [], slot: String? = nil) {
    (self.intent, self.dossier, self.names, self.slot) = (intent, dossier, names, slot)
  }
}

/// How beginning ended.
public enum BookingBegun: Sendable, Equatable {
  case begun
  /// The same intent began before.
  case known
  /// The slot is another booking's.
  case taken(by: String)
}
