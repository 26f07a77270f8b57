/// The journal and the video platform, as sagas call them.
public protocol BookingSystems: Sendable {
  /// Calls one of them and waits; never longer than its caller can.
  /// - Parameters:
  ///   - booking: the booking that it is about.
  ///   - key: the call's idempotency key: when it comes again, it is the same call.
  func call(_ command: BookingCommand, for booking: BookingFile, key: String) async -> BookingAnswer

  /// The message that tells the gateway itself what came of a saga, accepted in the transaction in which the
  /// saga ends; nil when there is nothing to tell.
  func message(about saga: BookingSaga, of booking: BookingFile) -> BookingMessage?
}

/// What came of a call, and what was learnt by it.
public struct BookingAnswer: Sendable {
  /// What came of it.
  public let reply: BookingReply
  /// What is known of the booking from now on; nil for what was known before.
  public let dossier: [UInt8]?

  /// What came of a call.
  public init(_ reply: BookingReply, dossier: [UInt8]? = nil) {
    (self.reply, self.dossier) = (reply, dossier)
  }
}
