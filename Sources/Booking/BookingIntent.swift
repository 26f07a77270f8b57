/// What somebody wants with a booking, or has done with it where they are.
public struct BookingIntent: Codable, Hashable, Sendable {
  /// Where it started.
  public enum Origin: String, Codable, Sendable, CaseIterable {
    /// 1177's web booking: nothing is done yet.
    case web
    /// The journal, which has done it already.
    case journal
    /// The video platform, which has done it already in its own calendar.
    case platform
  }

  /// What is wanted.
  public enum Wish: Codable, Hashable, Sendable {
    case book(BookedTime)
    case move(to: String)
    case cancel
  }

  /// The idempotency key: the same intent, told again, has the same one.
  public let id: String
  /// The booking's id, the same in all systems.
  public let booking: String
  /// Where it started.
  public let origin: Origin
  /// What is wanted.
  public let wish: Wish

  /// An intent with these parts.
  public init(id: String, booking: String, origin: Origin, wish: Wish) {
    self.id = id
    self.booking = booking
    self.origin = origin
    self.wish = wish
  }
}

/// A time for a patient.
public struct BookedTime: Codable, Hashable, Sendable {
  /// Names a time of a calendar; two bookings never have one.
  public let slot: String
  /// The patient's number.
  public let patient: String

  /// A time for a patient.
  public init(slot: String, patient: String) {
    self.slot = slot
    self.patient = patient
  }
}
