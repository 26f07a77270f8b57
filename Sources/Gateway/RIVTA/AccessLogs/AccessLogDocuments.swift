import Audit
import Mapping
import Store

/// Reads the request and writes the answers of GetAccessLogsForPatient 2.0, through the mappings.
struct AccessLogDocuments {
  private static let request = "accesslog/access-logs-request"
  private static let answer = "accesslog/access-logs"
  private static let system = "urn:riv:informationsecurity:auditing:log:2"

  private let call: RIVTACall
  private let request, answer, entry: Mapping

  /// - Throws: ``RIVTAFault`` when the mappings' folder lacks one.
  init(_ call: RIVTACall) throws(RIVTAFault) {
    guard let request = call.served.mappings[Self.request]?.mapping,
      let answer = call.served.mappings[Self.answer]?.mapping,
      let entry = call.served.mappings[AccessForwarding.mapping]?.mapping
    else { throw RIVTAFault(.producer, "there is no mapping for this contract") }
    (self.call, self.request, self.answer, self.entry) = (call, request, answer, entry)
  }

  /// What is asked; nil when the request does not fit.
  func question() -> AccessLogQuestion? {
    let hub = call.served.translators.lend { translator -> [UInt8]? in
      do {
        try translator.read(call.document, as: request, named: "request", receipt: call.receipt)
      } catch { return nil }
      return translator.hub()
    }
    return hub.flatMap { AccessLogQuestion($0) }
  }

  /// The answer with those accesses that can be told, and how many these are.
  /// - Parameter oldest: since when the log tells anything, in milliseconds since 1970, UTC.
  func answer(
    _ entries: [StoredAuditEntry], of log: AuditLog, since oldest: Int64
  ) throws(RIVTAFault) -> (document: [UInt8], told: Int) {
    let report = report(since: oldest)
    if let document = write(entries, of: log, report) { return (document, entries.count) }
    let told = entries.filter { write([$0], of: log, report) != nil }
    guard let document = write(told, of: log, report) else {
      throw RIVTAFault(.producer, "what the log has does not fit the contract")
    }
    return (document, told.count)
  }

  /// The answer to a question that has none.
  func refusal(_ code: String, _ why: String) throws(RIVTAFault) -> [UInt8] {
    let outcome = """
      {"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"processing","details":{"text":"\(why)",\
      "coding":[{"system":"\(Self.system)","code":"\(code)"}]}}]}
      """
    let bundle = PatientRecords.bundle([Array(outcome.utf8)])
    guard let document = write(bundle) else { throw RIVTAFault(.producer, "the answer could not be made") }
    return document
  }

  private func report(since oldest: Int64) -> [UInt8] {
    let (start, end) = (
      Timestamp.text(milliseconds: oldest), Timestamp.text(milliseconds: call.trip.received)
    )
    return Array(
      """
      {"resourceType":"Parameters","parameter":[{"name":"startInterval","valueInstant":"\(start)"},\
      {"name":"endInterval","valueInstant":"\(end)"}]}
      """.utf8)
  }

  /// Nil when the mappings refuse it.
  private func write(_ entries: [StoredAuditEntry], of log: AuditLog, _ report: [UInt8]) -> [UInt8]? {
    if entries.isEmpty { return write(PatientRecords.bundle([report])) }
    guard let document = try? EntryDocument(entries, of: log).json() else { return nil }
    let events = call.served.translators.lend { translator -> [UInt8]? in
      do {
        try translator.read(document, as: entry, named: "entries", receipt: call.receipt)
      } catch { return nil }
      return translator.hub()
    }
    return events.flatMap { write(Self.bundle($0, with: report)) }
  }

  /// A Bundle with one resource more; it has some already.
  private static func bundle(_ bundle: [UInt8], with resource: [UInt8]) -> [UInt8] {
    Array(bundle.dropLast(2)) + Array(",{\"resource\":".utf8) + resource + Array("}]}".utf8)
  }

  private func write(_ bundle: [UInt8]) -> [UInt8]? {
    call.served.translators.lend { translator in
      do {
        try translator.readHub(bundle, named: "hub", receipt: call.receipt)
        return try translator.write(as: answer)
      } catch { return nil }
    }
  }
}
