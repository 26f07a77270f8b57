import Audit
import Foundation
import Formats
import HTTP
import Store
import Synchronization
import TestRig

@testable import Gateway

/// The FHIR façade behind a real HTTP server, over a hub that messages were merged into, and an audit log.
final class RunningFHIR: Sendable {
  /// Keeps back what it is told to, or fails.
  final class Blocks: BlockCheck {
    enum State: Sendable {
      case none, unreachable
      case all(ofType: String)
    }
    private let state = Mutex(State.none)

    func set(_ new: State) { state.withLock { $0 = new } }

    func unblocked(_ disclosure: Disclosure) throws -> [HubResource] {
      switch state.withLock({ $0 }) {
      case .none: return disclosure.resources
      case .all(let type): return disclosure.resources.filter { $0.type != type }
      case .unreachable: throw StoreError.closed
      }
    }
  }

  /// The shared store cannot be closed on purpose: this gate is.
  struct BrokenLog: DisclosureGate {
    func release(_ disclosure: Disclosure) async throws(DisclosureRefusal) -> [HubResource] {
      throw .unlogged
    }
  }

  let trial: HubTrial
  let blocks = Blocks()
  let log: AuditLog
  private let server: HTTPServer
  private let folder = NSTemporaryDirectory() + "sluss-fhir-" + UUID().uuidString

  /// - Parameters:
  ///   - logs: whether the audit log can be written.
  ///   - rules: who may read; with them the services of `checks` are asked, else what ``blocks`` says holds.
  init(
    access: Access = .open, logs: Bool = true, rules: FHIRRules? = nil, checks: [String: HTTPTarget] = [:]
  ) throws {
    trial = try HubTrial()
    let keys = AuditFolder(folder)
    try keys.create(origin: "test/audit")
    log = AuditLog(trial.store, keys: try keys.masterKeys())
    let served = ServedMappings(
      try HubTrial.library.get(), contracts: try RIVTAContracts(folder: RepositoryFolder.path + "/Mappings"),
      limits: ReadingLimits(), since: 1_795_000_000_000)
    let current = CurrentMappings(served)
    var check: any BlockCheck = blocks
    if rules != nil {
      check = HubBlocks(current: current, store: trial.store, checks: try AccessChecks(checks))
    }
    let gate: any DisclosureGate = logs ? LoggedDisclosure(log: log, blocks: check) : BrokenLog()
    let endpoint = FHIREndpoint(
      current: current, store: trial.store, names: HubTrial.names, gate: gate, rules: rules)
    let doorkeeper = Doorkeeper(access)
    var configuration = HTTPConfiguration()
    configuration.port = 0
    server = try HTTPServer(configuration: configuration, admit: doorkeeper.refusal) { request, reply in
      let parts = request.path.split(separator: "/").map(String.init)
      endpoint.handle(request, parts, from: doorkeeper.caller(of: request), reply)
    }
  }

  deinit {
    server.stop()
    try? FileManager.default.removeItem(atPath: folder)
  }

  func take(_ message: HubMessage) async throws {
    try await trial.take(message.event, with: try HubTrial.merger())
  }

  /// All events of the log, the oldest first.
  func logged() throws -> [AuditEvent] {
    try trial.store.auditEntries(from: 0, limit: 10_000).compactMap { try log.event($0) }
  }

  struct Answer {
    let status: Int
    let head: String
    let body: [UInt8]
    var text: String { String(decoding: body, as: UTF8.self) }
    var json: [String: Any] { (try? JSONSerialization.jsonObject(with: Data(body))) as? [String: Any] ?? [:] }
    var resources: [[String: Any]] {
      (json["entry"] as? [[String: Any]] ?? []).compactMap { $0["resource"] as? [String: Any] }
    }
    var ids: [String] { resources.compactMap { $0["id"] as? String } }
    /// The address of a link, without the server's.
    func link(_ relation: String) -> String? {
      let links = json["link"] as? [[String: String]] ?? []
      return links.first { $0["relation"] == relation }?["url"].flatMap { url in
        url.range(of: "/fhir/").map { String(url[$0.lowerBound...]) }
      }
    }
    /// The code of an OperationOutcome.
    var issue: String? { (json["issue"] as? [[String: String]])?.first?["code"] }
  }

  /// Waits away from the threads on which the gate works.
  func get(_ path: String, _ options: String...) async throws -> Answer {
    try await get(path, options: options)
  }

  func get(_ path: String, options: [String]) async throws -> Answer {
    try await withCheckedThrowingContinuation { waiter in
      DispatchQueue.global().async { waiter.resume(with: Result { try self.asked(path, options) }) }
    }
  }

  private func asked(_ path: String, _ options: [String]) throws -> Answer {
    let address = "http://localhost:\(server.port)\(path)"
    let told = try Program.run(
      "/usr/bin/curl", ["-sS", "-g", "-i", "--max-time", "300"] + options + [address]
    ).bytes
    let end = told.firstRange(of: Array("\r\n\r\n".utf8)) ?? told.count..<told.count
    let head = String(decoding: told[..<end.lowerBound], as: UTF8.self)
    return Answer(
      status: Int(head.split(separator: " ").dropFirst().first ?? "") ?? 0, head: head,
      body: Array(told[end.upperBound...]))
  }
}
