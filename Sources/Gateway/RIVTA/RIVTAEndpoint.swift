import Audit
import Formats
import HTTP
import Store

/// `POST /rivta/…`: RIV TA Basic Profile 2.1, as producer.
///
/// A request is recognised by its certificate, read, allowed, answered and recorded, in this order; nothing
/// leaves that is not in the audit log. The path says nothing but the profile: the body's element names the
/// contract.
struct RIVTAEndpoint: Sendable {
  /// Writes entries to the audit log, and returns when they are on disk.
  typealias Recording = @Sendable ([AuditEvent]) async throws -> Void

  /// The most that passes through the aggregating services.
  static let largestAnswer = 15 << 20
  /// As many as may read the hub at a time; more would only wait for each other.
  private static let answeringAtOnce = StoreConfiguration().hubReaders

  let rules: RIVTARules
  let current: CurrentMappings
  let hub: HubAnswering
  /// The services by the names that contracts' files use.
  let services: [String: any RIVTAService]
  /// Whether a slot, `system|value`, is locked for a booking on its way.
  var isTaken: @Sendable (String) -> Bool = { _ in false }
  let doorkeeper: Doorkeeper
  let record: Recording
  let reader: SOAPRequestReader
  private let descriptions: ContractDescriptions?
  private let threads = FairExecutor(label: "sluss-rivta", threads: Self.answeringAtOnce)
  private let places: AnsweringPlaces
  private let tell: @Sendable (RIVTANews) -> Void

  init(
    _ rules: RIVTARules, _ current: CurrentMappings, hub: HubAnswering,
    services: [String: any RIVTAService] = [:], doorkeeper: Doorkeeper,
    limits: ReadingLimits = ReadingLimits(), record: @escaping Recording,
    tell: @escaping @Sendable (RIVTANews) -> Void = { _ in }
  ) {
    (self.rules, self.current, self.hub, self.tell) = (rules, current, hub, tell)
    (self.services, self.doorkeeper, self.record) = (services, doorkeeper, record)
    places = AnsweringPlaces(rules.atOnce)
    reader = SOAPRequestReader(limits: limits)
    descriptions = rules.schemas.map(ContractDescriptions.init)
  }

  func handle(_ request: HTTPRequest, _ reply: HTTPReply) {
    switch request.method {
    case "POST":
      guard places.take() else { return reply.send(.busy(RIVTATrip(request))) }
      Task(executorPreference: threads) {
        reply.send(await answer(request))
        places.giveBack()
      }
    case "GET", "HEAD": reply.send(descriptions?.answer(request) ?? .problem(404, "there is nothing here"))
    default: reply.send(.notAllowed("POST"))
    }
  }

  private func answer(_ request: HTTPRequest) async -> HTTPResponse {
    let trip = RIVTATrip(request)
    var entry = RIVTAEntry(trip, sender: request.hsaID ?? "")
    do throws(RIVTAFault) {
      let call = try call(request, trip, &entry)
      let answer = try await service(of: call.contract).answer(call)
      guard answer.document.count <= Self.largestAnswer else {
        throw RIVTAFault(.producer, "the answer is larger than what may be sent")
      }
      try await record(entry.event(answer.note))
      guard call.remaining() > .zero else { throw RIVTAFault(.producer, "the answer took too long") }
      return .soap(answer.document, trip)
    } catch {
      // A refusal that cannot be recorded is a refusal all the same.
      try? await record(entry.event(error))
      tell(RIVTANews(error, entry, trip))
      return .soap(error, trip)
    }
  }

  private func record(_ event: AuditEvent) async throws(RIVTAFault) {
    do {
      try await record([event])
    } catch {
      throw RIVTAFault(.producer, "the answer could not be recorded")
    }
  }

  private func service(of contract: RIVTAContract) throws(RIVTAFault) -> any RIVTAService {
    switch contract.binding {
    case .ping: return PingForConfiguration()
    case .query(let query): return QueryService(query: query, hub: hub)
    case .lookUp(let lookUp): return LookUpService(lookUp: lookUp, records: hub.records, isTaken: isTaken)
    case .service(let name):
      guard let service = services[name] else {
        throw RIVTAFault(.noRoute, "nobody answers \(contract.name)")
      }
      return service
    }
  }
}
