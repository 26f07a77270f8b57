/// Which times bookings have.
enum BookedSlots {
  /// The statuses of an Appointment that leave its time free.
  private static let free: Set = ["cancelled", "noshow", "entered-in-error", "waitlist", "proposed"]

  /// The identifiers, `system|value`, of the times that a booking takes.
  static func identifiers(ofBooking content: [UInt8]) -> [String] {
    guard let booking = HubJSON.object(content), !free.contains(booking["status"] as? String ?? "") else {
      return []
    }
    return (booking["slot"] as? [[String: Any]] ?? []).compactMap { slot in
      (slot["identifier"] as? [String: Any]).flatMap(HubJSON.identifier)
    }
  }

  /// The identifiers, `system|value`, of a time.
  static func identifiers(ofSlot content: [UInt8]) -> [String] {
    HubJSON.identifiers(HubJSON.object(content) ?? [:])
  }
}
