/// What the operator says of RIV-TA in `sluss.yaml`: who may ask what at which logical address.
public struct RIVTARules: Sendable, Equatable {
  /// The gateway's own HSA-id, by which calls that go in circles are found.
  public var id = ""
  /// The logical addresses at which it answers.
  public var addresses: [String: RIVTAAddress] = [:]
  /// The systems of `systems` that may ask, by their names.
  public var consumers: [String: RIVTAConsumer] = [:]
  /// The services that are asked before something leaves, by ``AccessCheck``'s names.
  public var checks: [String: HTTPTarget] = [:]
  /// How many requests are answered at once; who comes then is asked to come again.
  public var atOnce = 512
  /// The folder of the contracts' WSDLs and schemas; `nil` when `?wsdl` is not answered.
  public var schemas: String?

  /// Rules by which nobody may ask anything.
  public init() {}
}

/// A logical address at which the gateway answers.
public struct RIVTAAddress: Sendable, Equatable {
  /// The address.
  public let name: String
  /// Whether it stands for all source systems, and not only for the one with this HSA-id (TKB, rule R3).
  public let isOfAll: Bool

  /// An address.
  public init(_ name: String, isOfAll: Bool) { (self.name, self.isOfAll) = (name, isOfAll) }
}

/// A system that may ask.
public struct RIVTAConsumer: Sendable, Equatable {
  /// Its name in `systems`; `nil` where anybody may come.
  public let name: String?
  /// The contracts that it may ask: `GetCareContacts/3`, `GetCareContacts/*`, `*`.
  public var contracts: [MappingPattern] = []
  /// The logical addresses at which it may.
  public var addresses: [MappingPattern] = []
  /// The original consumers for which it may ask; without any it must not name one.
  public var originals: [MappingPattern] = []
  /// The checks that it makes itself before it shows anything, as the national services do.
  public var ownChecks: Set<AccessCheck> = []
  /// On whose behalf it asks; each part an HSA-id, or `header NAME` for where it stands in the request.
  public var actor = RIVTAActor()

  /// A consumer that may ask nothing.
  public init(_ name: String?) { self.name = name }

  /// Whoever it is, where access is open: it may ask everything, on loopback.
  static let anybody: RIVTAConsumer = {
    var anybody = RIVTAConsumer(nil)
    (anybody.contracts, anybody.addresses, anybody.originals) = ([.all], [.all], [.all])
    return anybody
  }()

  func may(ask contract: String, at address: String) -> Bool {
    contracts.contains { $0.matches(contract) } && addresses.contains { $0.matches(address) }
  }

  func may(askFor original: String) -> Bool { originals.contains { $0.matches(original) } }
}

/// A person who looks at a patient's data, all by HSA-ids; empty where nobody said.
public struct RIVTAActor: Sendable, Equatable {
  /// The person.
  public var employee = ""
  /// The care unit of the person's assignment.
  public var careUnit = ""
  /// Its care giver.
  public var careGiver = ""

  /// An actor of whom nothing is known.
  public init() {}

  /// Whether all is known that checks ask for.
  var isComplete: Bool { !employee.isEmpty && !careUnit.isEmpty && !careGiver.isEmpty }
}

/// What is asked of others before records leave.
public enum AccessCheck: String, Sendable, CaseIterable {
  /// Whether a block hides a record (CheckBlocks 3).
  case blocks
  /// Whether the patient agrees to other care givers' records being seen (CheckConsent 1).
  case consent
  /// Whether the person takes part in the patient's care (CheckPatientRelation 1).
  case relation = "patient-relation"
}
