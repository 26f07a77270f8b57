/// What was done: which of the log's words fits. Written in entries, so words are never changed.
public enum AuditAction: String, Sendable, CaseIterable {
  // What systems do.
  case receive, translate, deliver
  // What is done with a patient's data.
  case read, search, write, delete, sign, print, emergency
  // What is done with the log and the gateway.
  case configure, intervene, export, report, erase, archive
}

/// How it ended, by FHIR's codes for AuditEvent.outcome.
public enum AuditOutcome: UInt8, Sendable, CaseIterable {
  /// It was done.
  case done = 0
  /// It was refused.
  case refused = 4
  /// It failed.
  case failed = 8
}

/// Whom an entry is about.
public struct PatientIdentifier: Sendable, Hashable {
  /// The identifier's FHIR system, as `http://electronichealth.se/identifier/personnummer`.
  public let system: String
  /// The identifier, a personnummer with twelve digits.
  public let value: String

  /// An identifier of a system.
  public init(system: String, value: String) {
    self.system = system
    self.value = value
  }

  /// What the pseudonym is made of.
  var canonical: String { system + "|" + value }
}

/// One access or change: who did what with which patient's data, where, why, how it ended and when.
public struct AuditEvent: Sendable, Equatable {
  /// Milliseconds since 1970, UTC.
  public var time: Int64
  /// What was done.
  public var action: AuditAction
  /// How it ended.
  public var outcome: AuditOutcome
  /// The system that did it, by its HSA-id.
  public var system: String
  /// The person who did it, by HSA-id; empty when a system acts by itself.
  public var person: String
  /// The person's role.
  public var role: String
  /// The person's assignment (uppdrag).
  public var assignment: String
  /// The care unit where it was done, by HSA-id.
  public var careUnit: String
  /// The care giver, by HSA-id.
  public var careGiver: String
  /// Why, in the words of the contract for logs, as "Vård och behandling".
  public var purpose: String
  /// The service contract or the route.
  public var route: String
  /// The message's id.
  public var message: String
  /// What ties several entries together.
  public var correlation: String
  /// The kinds of resources.
  public var resourceKinds: [String]
  /// Whom it is about; encrypted in the record.
  public var patient: PatientIdentifier?
  /// What else is to be known about it; encrypted with the patient, and left out without one.
  public var detail: String

  /// An event with these parts.
  public init(
    time: Int64, action: AuditAction, outcome: AuditOutcome = .done, system: String, person: String = "",
    role: String = "", assignment: String = "", careUnit: String = "", careGiver: String = "",
    purpose: String = "", route: String = "", message: String = "", correlation: String = "",
    resourceKinds: [String] = [], patient: PatientIdentifier? = nil, detail: String = ""
  ) {
    self.time = time
    self.action = action
    self.outcome = outcome
    self.system = system
    self.person = person
    self.role = role
    self.assignment = assignment
    self.careUnit = careUnit
    self.careGiver = careGiver
    self.purpose = purpose
    self.route = route
    self.message = message
    self.correlation = correlation
    self.resourceKinds = resourceKinds
    self.patient = patient
    self.detail = detail
  }
}
