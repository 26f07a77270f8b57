public import Audit
public import Billing
import Diagnostics
import HTTP
import Store

/// `/billing/{action}/…`: what finance does, for those who have the right to it.
///
/// `GET` for `preview`, `open`, `list`, `show/{batch}`, `work`, `explain/{record}` and `export/{batch}/{kind}`; `POST` for
/// the rest. What changes something, and what shows a patient, is in the audit log before it is done or shown.
struct BillingEndpoint: Sendable {
  let current: CurrentMappings
  let store: any WholeStore
  /// Writes entries to the audit log, and returns when they are on disk.
  let record: @Sendable ([AuditEvent]) async throws -> Void
  /// The gateway's own HSA-id.
  let system: String
  /// Tells that a batch may have to be sent.
  let wake: @Sendable () -> Void
  /// One after another, so that no two closings stand in each other's way.
  private let threads = QueueExecutor(label: "sluss-billing")

  init(
    current: CurrentMappings, store: any WholeStore, system: String,
    record: @escaping @Sendable ([AuditEvent]) async throws -> Void, wake: @escaping @Sendable () -> Void
  ) {
    (self.current, self.store, self.system) = (current, store, system)
    (self.record, self.wake) = (record, wake)
  }

  /// - Parameter parts: the path's, `billing` first.
  func handle(_ request: HTTPRequest, _ parts: [String], from caller: Caller, _ reply: HTTPReply) {
    guard caller.may(.billing) else { return reply.send(.refused(.notAllowed(.billing))) }
    Task(executorPreference: threads) {
      do {
        reply.send(try await answer(request, parts, caller))
      } catch let refusal as BillingRefusal {
        reply.send(.problem(refusal.status, refusal.description))
      } catch let error as DiagnosticError {
        reply.send(.refused(error.diagnostics, id: nil))
      } catch let error as Diagnostic {
        reply.send(.refused([error], id: nil))
      } catch StoreError.stale {
        reply.send(.problem(409, "something changed meanwhile; ask again"))
      } catch is UnloggedError {
        reply.send(.problem(503, "it could not be logged, so nothing is shown or done"))
      } catch {
        reply.send(.problem(500, "the store can't be read or written"))
      }
    }
  }

  private func answer(
    _ request: HTTPRequest, _ parts: [String], _ caller: Caller
  ) async throws -> HTTPResponse {
    let served = current.served
    guard let rules = served.billing else { return .problem(404, "there are no rules for billing") }
    guard parts.count > 1 else { return .problem(404, "there is nothing here") }
    if parts[1] == "export" {
      let exports = BatchExports(rules, served.library, store)
      return try await file(Array(parts.dropFirst(2)), exports, request.method, caller)
    }
    guard let action = BillingWish.Action(rawValue: parts[1]) else {
      return .problem(404, "there is nothing here")
    }
    let method = action.changes ? "POST" : "GET"
    guard request.method == method else { return .notAllowed(method) }
    let options = Dictionary(request.query.map { ($0.name, $0.value) }) { first, _ in first }
    let wish = BillingWish(action, words: Array(parts.dropFirst(2)), options: options, file: request.body)
    if action.changes { try await log(.intervene, parts.dropFirst().joined(separator: " "), [], caller) }
    let desk = BillingDesk(rules, served.library, store, now: Timestamp.now())
    let answer = try desk.answer(to: wish)
    if !answer.patients.isEmpty {
      try await log(.read, parts.dropFirst().joined(separator: " "), answer.patients, caller)
    }
    if action.changes { wake() }
    return HTTPResponse(
      status: 200, headers: [(name: "Content-Type", value: "application/json")], body: answer.json)
  }

  private func file(
    _ words: [String], _ exports: BatchExports, _ method: String, _ caller: Caller
  ) async throws -> HTTPResponse {
    guard method == "GET" else { return .notAllowed("GET") }
    guard words.count == 2, let number = Int64(words[0]), let kind = BatchExports.Kind(rawValue: words[1]),
      let file = try exports.file(kind, of: number)
    else {
      let kinds = BatchExports.Kind.allCases.map(\.rawValue).joined(separator: ", ")
      return .problem(404, "there is no such batch or file; a batch has \(kinds)")
    }
    let patients = kind.namesPatients ? try exports.patients(of: number) : []
    try await log(.export, "export \(number) \(kind.rawValue)", patients, caller)
    return HTTPResponse(
      status: 200, headers: [(name: "Content-Type", value: kind.mediaType)], body: file)
  }

  private struct UnloggedError: Error {}

  private func log(
    _ action: AuditAction, _ what: String, _ patients: [BillingPatient], _ caller: Caller
  ) async throws {
    do {
      try await record(
        BillingEntries(system: system, person: caller.name ?? "").of(action, what, patients))
    } catch {
      throw UnloggedError()
    }
  }
}

/// The audit log's entries of what is done with billing: one for each patient, else one.
public struct BillingEntries: Sendable {
  private let system: String
  private let person: String

  /// - Parameters:
  ///   - system: the gateway's own HSA-id.
  ///   - person: who does it; empty when nobody knows.
  public init(system: String, person: String) {
    (self.system, self.person) = (system, person)
  }

  /// The entries, as of now.
  public func of(_ action: AuditAction, _ what: String, _ patients: [BillingPatient]) -> [AuditEvent] {
    let time = Timestamp.now()
    func event(_ patient: BillingPatient?) -> AuditEvent {
      AuditEvent(
        time: time, action: action, system: system, person: person, purpose: "Administration",
        route: "billing \(what)",
        patient: patient.map { PatientIdentifier(system: $0.system, value: $0.number) })
    }
    return patients.isEmpty ? [event(nil)] : patients.map(event)
  }
}

extension BillingRefusal {
  fileprivate var status: Int {
    switch self {
    case .unclear: 400
    case .nothing: 404
    }
  }
}

extension BatchExports.Kind {
  fileprivate var mediaType: String {
    switch self {
    case .claim, .invoice: "application/xml"
    case .excel, .csv: "text/csv; charset=utf-8; header=present"
    case .sie: "application/octet-stream"
    case .summary: "text/html; charset=utf-8"
    }
  }
}
