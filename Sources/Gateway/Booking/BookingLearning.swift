// What is learnt of a booking, and which time it has, had or may get.
extension BookingDossier {
  /// What a time is, of an Appointment.
  private static let timeMembers = [
    "start", "end", "slot", "minutesDuration", "serviceType", "serviceCategory", "participant",
  ]
  /// Gives it an identifier, if it has none of that system.
  mutating func name(_ system: String, _ value: String) {
    guard identifier(system) == nil else { return }
    appointment["identifier"] =
      (appointment["identifier"] as? [[String: Any]] ?? []) + [["system": system, "value": value]]
  }

  /// Gives its time the slot of this name.
  mutating func take(slot name: String) {
    let parts = name.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    appointment["slot"] = [["identifier": ["system": parts.first ?? "", "value": parts.last ?? ""]]]
    note(appointment)
  }

  /// The time of another document about it may become its own.
  mutating func noteTime(of other: BookingDossier) { note(other.appointment) }

  /// What another document about it says more: identifiers, and a time, that it does not yet have.
  mutating func learn(from other: BookingDossier) {
    for identifier in other.appointment["identifier"] as? [[String: Any]] ?? [] {
      if let system = identifier["system"] as? String, let value = identifier["value"] as? String {
        name(system, value)
      }
    }
    note(other.appointment)
  }

  /// What the patient says with a change.
  mutating func adopt(from other: BookingDossier) {
    for member in ["cancelationReason", "comment", "reasonCode"] {
      if let value = other.appointment[member] { appointment[member] = value }
    }
    adoptAddresses(from: other)
  }

  /// Where the patient can be reached is what was said last.
  private mutating func adoptAddresses(from other: BookingDossier) {
    guard let told = other.others.first(where: { HubJSON.type($0) == "Patient" }),
      let index = others.firstIndex(where: { HubJSON.type($0) == "Patient" })
    else { return }
    for member in ["telecom", "address"] {
      if let value = told[member] { others[index][member] = value }
    }
  }

  /// It is at that time from now on.
  mutating func settle(_ slot: String?) {
    if let slot { appointment = at(slot) }
    appointment["status"] = slot == nil ? "cancelled" : "booked"
    held = nil
  }

  mutating func hold(_ slot: String?) { held = slot ?? held }

  mutating func note(_ appointment: [String: Any]) {
    guard let slot = Self.slot(of: appointment) else { return }
    var time = appointment.filter { Self.timeMembers.contains($0.key) }
    let others = (time["participant"] as? [[String: Any]] ?? []).filter { !Self.isPatient($0) }
    time["participant"] = others.isEmpty || others.allSatisfy { $0["actor"] == nil } ? nil : others
    times[slot] = (times[slot] ?? [:]).merging(time) { $1 }
  }

  private static func isPatient(_ participant: [String: Any]) -> Bool {
    ((participant["actor"] as? [String: Any])?["reference"] as? String)?.hasPrefix("Patient/") == true
  }

  /// The Appointment as it would be at that time.
  func at(_ slot: String) -> [String: Any] {
    var appointment = appointment
    guard var time = times[slot] else { return appointment }
    if let others = time["participant"] as? [[String: Any]] {
      let patients = (appointment["participant"] as? [[String: Any]] ?? []).filter(Self.isPatient)
      time["participant"] = patients + others
    }
    appointment.merge(time) { $1 }
    return appointment
  }
}
