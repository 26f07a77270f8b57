/// The journal and the video platform, as sagas call them.
public protocol BookingSystems: Sendable {
  /// Calls one of them and waits; never longer than its caller can.
  /// - Parameters:
  ///   - booking: the booking's id.
  ///   - key: the call's idempotency key: when it comes again, it is the same call.
  func call(_ command: BookingCommand, booking: String, key: String) async -> BookingReply
}
