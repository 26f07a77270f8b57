import Booking
import Foundation

/// What is known of a booking in the words of the hub: its Appointment and what hangs together with it, and
/// the times that it has, had or may get.
struct BookingDossier {
  /// What a time is, of an Appointment.
  private static let timeMembers = [
    "start", "end", "slot", "minutesDuration", "serviceType", "serviceCategory", "participant",
  ]
  /// An Appointment that is somebody's time.
  private static let live: Set = ["booked", "arrived", "checked-in", "fulfilled"]
  private static let over: Set = ["cancelled", "entered-in-error"]

  private(set) var appointment: [String: Any]
  private(set) var others: [[String: Any]]
  private var times: [String: [String: Any]] = [:]
  /// The slot that was asked for last and is not confirmed.
  private(set) var held: String?

  /// Of a hub document; nil when no booking is in it.
  init?(bundle: [UInt8]) {
    let resources = HubJSON.resources(bundle)
    guard let appointment = resources.first(where: { HubJSON.type($0) == "Appointment" }) else { return nil }
    self.appointment = appointment
    others = resources.filter { HubJSON.type($0) != "Appointment" }
    note(self.appointment)
  }

  /// As it was kept.
  init?(kept: [UInt8]) {
    guard let object = HubJSON.object(kept), let appointment = object["appointment"] as? [String: Any] else {
      return nil
    }
    self.appointment = appointment
    others = object["others"] as? [[String: Any]] ?? []
    times = object["times"] as? [String: [String: Any]] ?? [:]
    held = object["held"] as? String
  }

  /// To be kept.
  var bytes: [UInt8] {
    var object: [String: Any] = ["appointment": appointment, "others": others, "times": times]
    if let held { object["held"] = held }
    return HubJSON.bytes(object)
  }

  // MARK: what it says

  /// `system|value`
  var names: [String] { HubJSON.identifiers(appointment) }

  /// The value of the identifier of a system.
  func identifier(_ system: String) -> String? {
    (appointment["identifier"] as? [[String: Any]] ?? []).first { $0["system"] as? String == system }?[
      "value"]
      as? String
  }

  /// The slot that it has; nil when it says none.
  var slot: String? { Self.slot(of: appointment) }

  /// The number of its patient.
  var patient: String? { patientIdentifier?.value }

  /// FHIR's system and value of its patient's number.
  var patientIdentifier: (system: String, value: String)? {
    let person = others.first { HubJSON.type($0) == "Patient" }
    let identifiers = person?["identifier"] as? [[String: Any]] ?? []
    let number = identifiers.first { $0["use"] as? String == "official" } ?? identifiers.first
    return (number?["value"] as? String).map { (number?["system"] as? String ?? "", $0) }
  }

  /// The HSA-id of the unit whose time it is.
  var unit: String? {
    let participants = appointment["participant"] as? [[String: Any]] ?? []
    let unit = participants.first { participant in
      (participant["type"] as? [[String: Any]] ?? []).contains { type in
        (type["coding"] as? [[String: Any]] ?? []).contains { $0["code"] as? String == "LOC" }
      }
    }
    return ((unit?["actor"] as? [String: Any])?["identifier"] as? [String: Any])?["value"] as? String
  }

  var start: String? { appointment["start"] as? String }
  var isLive: Bool { Self.live.contains(appointment["status"] as? String ?? "") }
  var isOver: Bool { Self.over.contains(appointment["status"] as? String ?? "") }

  /// The name of an Appointment's slot: its identifier, or where it has none, when and with whom it is.
  private static func slot(of appointment: [String: Any]) -> String? {
    let slots = appointment["slot"] as? [[String: Any]] ?? []
    if let name = (slots.first?["identifier"] as? [String: Any]).flatMap(HubJSON.identifier) { return name }
    guard let start = appointment["start"] as? String else { return nil }
    let actors = (appointment["participant"] as? [[String: Any]] ?? []).compactMap { participant in
      ((participant["actor"] as? [String: Any])?["identifier"] as? [String: Any]).flatMap(HubJSON.identifier)
    }
    return ([start] + actors.sorted()).joined(separator: " ")
  }

  // MARK: what is learnt

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
  }

  /// It is at that time from now on.
  mutating func settle(_ slot: String?) {
    if let slot { appointment = at(slot) }
    appointment["status"] = slot == nil ? "cancelled" : "booked"
    held = nil
  }

  mutating func hold(_ slot: String?) { held = slot ?? held }

  private mutating func note(_ appointment: [String: Any]) {
    guard let slot = Self.slot(of: appointment) else { return }
    var time = appointment.filter { Self.timeMembers.contains($0.key) }
    let others = (time["participant"] as? [[String: Any]] ?? []).filter { !Self.isPatient($0) }
    time["participant"] = others.isEmpty || others.allSatisfy { $0["actor"] == nil } ? nil : others
    times[slot] = (times[slot] ?? [:]).merging(time) { $1 }
  }

  private static func isPatient(_ participant: [String: Any]) -> Bool {
    ((participant["actor"] as? [String: Any])?["reference"] as? String)?.hasPrefix("Patient/") == true
  }

  // MARK: what is said of it

  private func at(_ slot: String) -> [String: Any] {
    var appointment = appointment
    guard var time = times[slot] else { return appointment }
    if let others = time["participant"] as? [[String: Any]] {
      let patients = (appointment["participant"] as? [[String: Any]] ?? []).filter(Self.isPatient)
      time["participant"] = patients + others
    }
    appointment.merge(time) { $1 }
    return appointment
  }

  /// The hub document of a call.
  func bundle(for command: BookingCommand, key: String) -> [UInt8] {
    var appointment = (command.slot ?? held).map(at) ?? appointment
    appointment["status"] = command.status
    let parameters: [String: Any] = [
      "resourceType": "Parameters",
      "parameter": [
        ["name": "call", "valueCode": command.word], ["name": "key", "valueString": key],
      ],
    ]
    return HubJSON.bundle([parameters, appointment] + others)
  }

  /// The hub document of the booking itself, with what is said of it beside it.
  func bundle(with more: [[String: Any]] = []) -> [UInt8] { HubJSON.bundle(more + [appointment] + others) }
}

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
  fileprivate var slot: String? {
    switch self {
    case .reserve(let time), .place(let time): time.slot
    case .hold(let slot), .change(let slot), .shift(let slot): slot
    case .confirm, .release, .annul, .look, .register, .withdraw: nil
    }
  }

  /// FHIR's status of an Appointment that the call is to bring about.
  fileprivate var status: String {
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
