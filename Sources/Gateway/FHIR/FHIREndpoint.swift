import Audit
import HTTP
import Mapping
import Store

/// `GET /fhir/metadata`, `/fhir/{type}?…` and `/fhir/{type}/{id}`: what the hub holds, as a FHIR R4 server
/// answers (R4, 3.1.0 and 3.1.1).
///
/// Nothing of a patient leaves before the gate has let it out.
struct FHIREndpoint: Sendable {
  let current: CurrentMappings
  let store: any HubStore
  let names: HubPseudonyms
  let gate: any DisclosureGate
  /// Who may read; nil where nothing is asked first.
  var rules: FHIRRules?
  /// The store and others are waited for, which Swift's own few threads must not.
  private let threads = FairExecutor(label: "sluss-fhir", threads: StoreConfiguration().hubReaders)

  init(
    current: CurrentMappings, store: any HubStore, names: HubPseudonyms, gate: any DisclosureGate,
    rules: FHIRRules? = nil
  ) {
    (self.current, self.store, self.names, self.gate, self.rules) = (current, store, names, gate, rules)
  }

  /// - Parameters:
  ///   - parts: the path's, `fhir` first.
  ///   - caller: who asks; they may see the bodies of `fhir/{type}`, or get nothing of that type.
  func handle(_ request: HTTPRequest, _ parts: [String], from caller: Caller, _ reply: HTTPReply) {
    let call = Call(request, current.served, caller, rules)
    do {
      guard request.method == "GET" || request.method == "HEAD" else { throw Self.readOnly }
      switch parts.count {
      case 2 where parts[1] == "metadata": reply.send(metadata(call))
      case 2: try search(parts[1], request, call, reply)
      case 3: try read(parts[1], parts[2], call, reply)
      default: throw FHIRFault.unknown
      }
    } catch let fault as FHIRFault {
      reply.send(call.answer.fault(fault))
    } catch {
      reply.send(call.answer.fault(.unreadable))
    }
  }

  private static let readOnly = FHIRFault(
    status: 405, code: "not-supported", text: "the hub is read here, not written")

  private func metadata(_ call: Call) -> HTTPResponse {
    let since = Timestamp.text(milliseconds: call.served.since)
    return call.answer.answer(
      200, FHIRCapability(rules: call.served.library.hubRules, base: call.base, since: since).text)
  }

  private func search(_ type: String, _ request: HTTPRequest, _ call: Call, _ reply: HTTPReply) throws {
    try call.allow(type)
    let parameters = try FHIRParameters(type, request.query, call.served.library.hubRules)
    let found = try FHIRSearch(library: call.served.library, store: store, names: names).found(parameters)
    let links = call.links(parameters, next: found.next)
    try release(found, type, .search, call, reply) { resources in
      call.answer.answer(200, FHIRText.searchset(resources, base: call.base, links: links))
    }
  }

  private func read(_ type: String, _ id: String, _ call: Call, _ reply: HTTPReply) throws {
    try call.allow(type)
    guard let key = HubKey(hexadecimal: id) else { throw FHIRFault.unknown }
    let found = try store.resources([key]).filter { $0.type == type }
    let absence =
      try found.isEmpty ? FHIRFault.absence(store.materials([key], lists: []).resources[key], type) : .unknown
    try release(FHIRSearch.Found(resources: found), type, .read, call, reply) { resources in
      // What is blocked is not there for who asks.
      guard let resource = resources.first else { return call.answer.fault(absence) }
      return call.answer.answer(200, resource.content, version: resource.version)
    }
  }

  private func release(
    _ found: FHIRSearch.Found, _ type: String, _ action: AuditAction, _ call: Call, _ reply: HTTPReply,
    _ answer: @escaping @Sendable ([HubResource]) -> HTTPResponse
  ) throws {
    let whose = FHIRPatients(library: call.served.library, store: store)
    let disclosure = Disclosure(
      caller: call.caller, reader: call.reader ?? .unchecked, action: action,
      correlation: call.answer.correlation, time: Timestamp.now(),
      type: type, resources: found.resources, patients: try whose.identifiers(of: found.resources),
      asked: found.asked)
    Task(executorPreference: threads) {
      do throws(DisclosureRefusal) {
        reply.send(answer(try await gate.release(disclosure)))
      } catch {
        reply.send(call.answer.fault(FHIRFault(error)))
      }
    }
  }
}

extension FHIRFault {
  fileprivate init(_ refusal: DisclosureRefusal) {
    let text =
      switch refusal {
      case .nobody: "nobody says on whose behalf it is asked"
      case .blocksUnknown: "it can't be told what is blocked, so nothing is shown"
      case .unlogged: "the audit log can't be written, so nothing is shown"
      }
    self =
      refusal == .nobody
      ? FHIRFault(status: 403, code: "forbidden", text: text)
      : FHIRFault(status: 503, code: "transient", text: text)
  }

  /// Why a resource is not found.
  fileprivate static func absence(_ material: HubMaterial?, _ type: String) -> FHIRFault {
    material?.resource.type == type ? .gone : .unknown
  }
}
