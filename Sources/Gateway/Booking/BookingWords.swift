import Booking

// What calls are named, and what they bring about, in the words of mappings and of FHIR.
extension BookingCommand {
  /// What mappings and `booking.yaml` call it.
  var word: String {
    switch self {
    case .reserve: "reserve"
    case .hold: "hold"
    case .confirm: "confirm"
    case .release: "release"
    case .change: "change"
    case .annul: "annul"
    case .look: "look"
    case .register: "register"
    case .place: "place"
    case .shift: "shift"
    case .withdraw: "withdraw"
    }
  }

  /// The slot that it is about; nil when the one asked for last is meant.
  var slot: String? {
    switch self {
    case .reserve(let time), .place(let time): time.slot
    case .hold(let slot), .change(let slot), .shift(let slot): slot
    case .confirm, .release, .annul, .look, .register, .withdraw: nil
    }
  }

  /// FHIR's status of an Appointment that the call is to bring about.
  var status: String {
    switch self {
    case .reserve, .hold, .release: "pending"
    case .confirm, .change, .look, .register, .place, .shift: "booked"
    case .annul, .withdraw: "cancelled"
    }
  }

  /// Whether it is done where there is nothing to do it to.
  var isDoneByAbsence: Bool {
    switch self {
    case .release, .annul, .withdraw: true
    default: false
    }
  }

  /// What is asked for and not yet certain.
  var asked: String? {
    switch self {
    case .reserve, .hold, .change: slot
    default: nil
    }
  }
}
