import Audit
import Foundation
import Formats
import Mapping
import Store
import Synchronization
import TestRig

@testable import Gateway

/// The RIV-TA endpoint behind TLS, over a store with patients, and zeep to ask it.
final class RunningRIVTA: Sendable {
  static let isPossible =
    TestCertificates.isPossible && Python.has("zeep") && SharedFolder.path != nil
  static let systems = """
    tls: {certificate: DIR/server.pem, key: DIR/server.key, client-authorities: DIR/authority.pem}
    systems:
      npo: {hsa-ids: SE2321000016-A001}
      other: {hsa-ids: SE2321000016-B002}

    """
  static let rules = """
    rivta:
      id: SE2321000016-SLUSS
      addresses: {SE-SYSTEM-1: source, SE-SYSTEM-2: source, SE-ALL: all}
      consumers:
        npo:
          contracts: "*"
          addresses: [SE-SYSTEM-1, SE-ALL]
          originals: [SE-ORIGINAL]
          own-checks: [blocks, consent, patient-relation]
        other: {contracts: [GetDiagnosis/2], addresses: [SE-SYSTEM-1], own-checks: [blocks, consent, patient-relation]}

    """

  let entrance: Entrance
  let certificates: TestCertificates
  private let trial: HubTrial

  /// - Parameters:
  ///   - fails: whether the audit log takes nothing.
  ///   - most: the most records in one answer, of every contract.
  ///   - largest: the largest answer in bytes.
  init(
    _ trial: HubTrial, rules: String = RunningRIVTA.rules, fails: Bool = false, most: Int? = nil,
    largest: Int = RIVTAEndpoint.largestAnswer, services: [String: any RIVTAService] = [:]
  ) throws {
    self.trial = trial
    certificates = try TestCertificates()
    let text = (Self.systems + rules).replacing("DIR", with: certificates.path(""))
    var configuration = try GatewayConfiguration(text: text, named: "sluss.yaml")
    configuration.port = 0
    configuration.maximumBodyBytes = 1 << 20
    let current = try Self.mappings.get().paging(most)
    let told = Told()
    self.told = told
    let doorkeeper = Doorkeeper(configuration.access)
    let store = trial.store
    let translation = MessageTranslation(current, store, Pseudonyms(key: [1]), nil)
    let intake = Intake(current: current, store: store, figures: Figures())
    let outbox = try Outbox([:], store, current) { _ in }
    var router = Router(intake, translation, store, outbox, doorkeeper)
    let rules = configuration.rivta ?? RIVTARules()
    router.rivta = RIVTAEndpoint(
      rules, current,
      hub: HubAnswering(
        records: PatientRecords(store: store, names: HubTrial.names), checks: try AccessChecks(rules.checks),
        largest: largest),
      services: [EngagementNotifications.name: EngagementNotifications(intake: intake)].merging(services) {
        $1
      },
      doorkeeper: doorkeeper, limits: ReadingLimits(bytes: 1 << 20),
      record: { events in
        if fails { throw Unrecorded() }
        told.add(events)
      }, tell: { told.add($0) })
    entrance = try Entrance(configuration, doorkeeper, intake, tell: { _ in }) { [router] in
      router.handle($0, $1)
    }
  }

  private let told: Told

  final class Told: Sendable {
    private let events = Mutex<[AuditEvent]>([])
    private let news = Mutex<[RIVTANews]>([])
    func add(_ more: RIVTANews) { news.withLock { $0.append(more) } }
    var allNews: [RIVTANews] { news.withLock { $0 } }
    func add(_ more: [AuditEvent]) { events.withLock { $0 += more } }
    var all: [AuditEvent] { events.withLock { $0 } }
  }

  struct Unrecorded: Error {}

  private static let mappings = Result {
    try MappingReload(RepositoryFolder.path + "/Mappings", limits: ReadingLimits(bytes: 1 << 20)) { _ in }
      .current
  }

  deinit { entrance.stop() }

  /// What the audit log was told.
  var audit: [AuditEvent] { told.all }

  /// What the operator was told.
  var news: [RIVTANews] { told.allNews }

  var store: SQLiteMessageStore { trial.store }

  // MARK: asking

  struct Call {
    var contract = RIVTAContractFile.careContacts
    var address = "SE-SYSTEM-1"
    var body: [String: Any] = ["patientId": ["id": "191212121212", "type": "1.2.752.129.2.1.3.1"]]
    var headers: [String: String] = [:]
    var client: String? = "client"
    var path: String?
  }

  struct Answer {
    let status: Int
    let headers: [String: String]
    let body, fault, error: String

    /// The texts of elements of a name, in order.
    func texts(_ name: String) -> [String] {
      body.split(separator: "<").compactMap { part in
        let pieces = part.split(separator: ">", maxSplits: 1)
        let tag = pieces.first?.split(separator: ":").last ?? ""
        return tag == name && pieces.count == 2 ? String(pieces[1]) : nil
      }
    }
  }

  func ask(_ calls: [Call]) throws -> [Answer] {
    try Self.ask(calls, at: entrance.port, certificates)
  }

  /// Calls by zeep, one after another, whoever listens there.
  static func ask(
    _ calls: [Call], at port: UInt16, _ certificates: TestCertificates
  ) throws -> [Answer] {
    let job: [String: Any] = [
      "ca": certificates.path("authority.pem"), "key": certificates.path("client.key"),
      "calls": calls.map { call -> [String: Any] in
        var asked: [String: Any] = [
          "wsdl": call.contract.wsdl, "operation": call.contract.operation, "address": call.address,
          "body": call.body, "headers": call.headers,
          "url":
            "https://localhost:\(port)\(call.path ?? "/rivta/\(call.contract.operation)/rivtabp21")",
        ]
        if let client = call.client { asked["cert"] = certificates.path("\(client).pem") }
        return asked
      },
    ]
    let input = NSTemporaryDirectory() + UUID().uuidString
    try JSONSerialization.data(withJSONObject: job).write(to: URL(filePath: input))
    defer { try? FileManager.default.removeItem(atPath: input) }
    let told = try RunningEntrance.run(
      "/bin/sh",
      [
        "-c", "\"$0\" \"$1\" < \"$2\"", RepositoryFolder.path + "/.venv/bin/python",
        RepositoryFolder.path + "/scripts/soap_client.py", input,
      ])
    let answers = try JSONSerialization.jsonObject(with: Data(told.utf8)) as? [[String: Any]] ?? []
    return answers.map { answer in
      Answer(
        status: answer["status"] as? Int ?? 0, headers: answer["headers"] as? [String: String] ?? [:],
        body: answer["body"] as? String ?? "", fault: answer["fault"] as? String ?? "",
        error: answer["error"] as? String ?? "")
    }
  }

  func ask(_ call: Call) throws -> Answer {
    struct Nothing: Error {}
    guard let answer = try ask([call]).first else { throw Nothing() }
    return answer
  }
}

/// The official files of a contract.
struct RIVTAContractFile {
  let operation: String
  private let folder: String
  private let minor: String

  private init(_ operation: String, _ folder: String, _ minor: String) {
    (self.operation, self.folder, self.minor) = (operation, folder, minor)
  }

  /// Below `rivta`.
  var schema: String {
    "\(folder)/schemas/interactions/\(operation)Interaction/\(operation)Responder_\(minor).xsd"
  }

  var wsdl: String {
    "\(SharedFolder.path ?? "")/rivta/\(folder)/schemas/interactions/\(operation)Interaction/\(operation)Interaction_\(minor)_RIVTABP21.wsdl"
  }

  static let careContacts = Self("GetCareContacts", "clinicalprocess.logistics.logistics/3.0.13", "3.0")
  static let careContacts2 = Self("GetCareContacts", "clinicalprocess.logistics.logistics/2.0.1", "2.0")
  static let documentation = Self(
    "GetCareDocumentation", "clinicalprocess.healthcond.description/3.0.5", "3.0")
  static let documentation2 = Self(
    "GetCareDocumentation", "clinicalprocess.healthcond.description/2.1.1", "2.1")
  static let diagnosis = Self("GetDiagnosis", "clinicalprocess.healthcond.description/3.0.5", "2.0")
  /// One of the contracts of web booking, with the pattern that is mended.
  static func booking(_ operation: String) -> Self {
    Self(operation, "crm.scheduling/1.1.1-patched-pattern", "1.1")
  }

  static let ping = Self("PingForConfiguration", "itintegration.monitoring/1.0.0", "1.0")
  static let notification = Self("ProcessNotification", "itintegration.engagementindex/1.0.10", "1.0")
  static let all = [careContacts, careContacts2, documentation, documentation2, diagnosis]
}

extension CurrentMappings {
  fileprivate func paging(_ most: Int?) -> CurrentMappings {
    guard let most else { return self }
    return CurrentMappings(
      ServedMappings(
        served.library, contracts: served.contracts.paging(most), limits: served.limits, since: served.since))
  }
}

extension RIVTAContracts {
  fileprivate func paging(_ most: Int) -> RIVTAContracts {
    RIVTAContracts(
      all.compactMap { contract in
        guard case .query(var query) = contract.binding else { return nil }
        query.most = most
        return RIVTAContract(
          name: contract.name, namespace: contract.namespace, element: contract.element,
          binding: .query(query), checks: contract.checks, kinds: contract.kinds)
      })
  }
}
