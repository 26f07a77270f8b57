import Booking
import Foundation

/// What is known of a booking in the words of the hub: its Appointment and what hangs together with it, and
/// the times that it has, had or may get.
struct BookingDossier {
  /// An Appointment that is somebody's time.
  private static let live: Set = ["booked", "arrived", "checked-in", "fulfilled"]
  private static let over: Set = ["cancelled", "entered-in-error"]

  var appointment: [String: Any]
  var others: [[String: Any]]
  /// Its times by the slots' names.
  var times: [String: [String: Any]] = [:]
  /// The slot that was asked for last and is not confirmed.
  var held: String?

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
  static func slot(of appointment: [String: Any]) -> String? {
    let slots = appointment["slot"] as? [[String: Any]] ?? []
    if let name = (slots.first?["identifier"] as? [String: Any]).flatMap(HubJSON.identifier) { return name }
    guard let start = appointment["start"] as? String else { return nil }
    let actors = (appointment["participant"] as? [[String: Any]] ?? []).compactMap { participant in
      ((participant["actor"] as? [String: Any])?["identifier"] as? [String: Any]).flatMap(HubJSON.identifier)
    }
    return ([start] + actors.sorted()).joined(separator: " ")
  }

  // MARK: what is said of it

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
