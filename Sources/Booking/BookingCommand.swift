/// One call to one of the systems. Each may come twice and must then do nothing more: what is to be so, is so.
public enum BookingCommand: Codable, Hashable, Sendable {
  /// The journal keeps the slot for the booking; refused when another has it.
  case reserve(BookedTime)
  /// The journal keeps a second slot for a booking that it has; refused when another has it or the booking is over.
  case hold(slot: String)
  /// What was reserved or held is the booking's now, and a slot that it had before is free; refused when it was
  /// neither.
  case confirm
  /// What was reserved or held by this intent and is not confirmed is free again.
  case release
  /// The journal moves the booking at once; refused as for `hold`.
  case change(slot: String)
  /// The journal's booking is over.
  case annul
  /// What the journal has under this id.
  case look
  /// The platform knows the patient; an appointment must not come before.
  case register(patient: String)
  /// The platform has the appointment at this time; refused for reasons of its own.
  case place(BookedTime)
  /// The platform moves the appointment that it has; refused for reasons of its own.
  case shift(slot: String)
  /// The platform's appointment is over; refused when it has begun.
  case withdraw

  /// Which system it goes to.
  public var isForPlatform: Bool {
    switch self {
    case .register, .place, .shift, .withdraw: true
    case .reserve, .hold, .confirm, .release, .change, .annul, .look: false
    }
  }
}

/// What came of a call.
public enum BookingReply: Hashable, Sendable {
  /// It is so.
  case done
  /// What the journal has: the time that is confirmed or reserved, or nothing.
  case found(BookedTime?)
  /// It will not be so, however often it is asked. For people, without patient data.
  case refused(String)
  /// Nobody knows: no answer, or a passing fault. It may have been done.
  case unknown
}
