import Diagnostics
import Documents
import Mapping
import Store

/// Answers contracts from the hub: the request becomes a question, what the hub has of the patient becomes
/// the answer, and of its records those stay that were asked for and that nothing forbids to show.
struct HubAnswering: Sendable {
  let records: PatientRecords
  let checks: AccessChecks
  /// The largest answer in bytes; where a contract has more than one page, what is larger is shared among
  /// them.
  var largest = RIVTAEndpoint.largestAnswer

  func answer(_ call: RIVTACall, _ query: RIVTAQuery) async throws(RIVTAFault) -> RIVTAAnswer {
    guard let request = call.served.mappings[query.request]?.mapping,
      let mapping = call.served.mappings[query.answer]?.mapping
    else { throw RIVTAFault(.resourcesMissing, "a mapping of the contract is not served") }
    let question = try question(call, request)
    var run = HubAnswerRun(call: call, query: query, mapping: mapping, question: question, largest: largest)
    if let wrong = question.fault(at: call.logicalAddress) { return try run.refusal(wrong) }
    let found = try records.resources(of: question, query, in: call.served.library)
    run.resources = found.map(\.content)
    let needed = call.contract.checks.filter { !call.consumer.ownChecks.contains($0) }
    if needed.isEmpty || found.isEmpty, let answer = try? run.answer() { return answer }
    if (try? run.write(nil)) == nil { run.leaveOutUntellable(found) }
    if !needed.isEmpty {
      let facts = try run.write(nil).facts
      run.allowed = try await checks.allowed(
        facts.map { $0.checked(query.informationType) }, needed,
        CheckedAccess(actor: call.actor, patient: question.patient.value, remaining: { call.remaining() }))
    }
    return try run.answer()
  }

  private func question(_ call: RIVTACall, _ mapping: Mapping) throws(RIVTAFault) -> RecordQuestion {
    let receipt = call.receipt
    let question = call.served.translators.lend { translator -> RecordQuestion? in
      do {
        try translator.read(call.document, as: mapping, named: "request", receipt: receipt)
      } catch { return nil }
      return translator.withHub { RecordQuestion($0, $1) }
    }
    guard let question else {
      throw RIVTAFault(.unreadable, "the request does not fit its contract")
    }
    return question
  }
}

/// One answer in the making.
struct HubAnswerRun: Sendable {
  let call: RIVTACall
  let query: RIVTAQuery
  let mapping: Mapping
  let question: RecordQuestion
  let largest: Int
  var resources: [[UInt8]] = []
  /// How many resources the contract has no way to tell.
  var untold = 0
  /// The records that may leave, by their numbers; `nil` for all.
  var allowed: Set<Int>?

  /// The answer with the records of its page.
  func answer() throws(RIVTAFault) -> RIVTAAnswer {
    var (document, facts) = try write(nil)
    var page = query.most ?? Int.max
    // What one answer has no room for is left to the next, where the contract has a next one.
    while facts.count > page || (query.most != nil && document.count > largest && facts.count > 1) {
      page = document.count > largest ? max(1, min(page, facts.count / 2)) : page
      (document, facts) = try write(.init(most: page, more: facts[page - 1].place.reference))
    }
    var note = RIVTANote()
    note.patient = question.patient
    note.detail = untold == 0 ? "\(facts.count) records" : "\(facts.count) records, \(untold) can't be told"
    return RIVTAAnswer(document: document, note: note)
  }

  /// The answer to a question that can't be asked.
  func refusal(_ why: String) throws(RIVTAFault) -> RIVTAAnswer {
    guard query.hasResult else { throw RIVTAFault(.unreadable, why) }
    var run = self
    run.resources = [
      Array(
        #"{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"invalid","details":{"text":"\#(why)"}}]}"#
          .utf8)
    ]
    return RIVTAAnswer(document: try run.write(nil).document, note: RIVTANote(detail: "refused: \(why)"))
  }

  /// Leaves out the records for which the contract owes something that they lack: one of them must not take
  /// the others with it.
  mutating func leaveOutUntellable(_ found: [HubResource]) {
    let kind = query.resources.first
    let others = found.filter { $0.type != kind }.map(\.content)
    var told: [[UInt8]] = []
    for record in found where record.type == kind {
      resources = others + [record.content]
      if (try? write(nil)) == nil { untold += 1 } else { told.append(record.content) }
    }
    resources = others + told
  }

  struct Page {
    let most: Int
    /// What the next page is asked for with.
    let more: String
  }

  /// Writes the answer and tells which records are in it.
  func write(_ page: Page?) throws(RIVTAFault) -> (document: [UInt8], facts: [RecordFacts]) {
    let bundle = PatientRecords.bundle(resources + (page.map { [more($0.more)] } ?? []))
    let (call, mapping, query) = (call, mapping, query)
    let result = call.served.translators.lend { translator -> (document: [UInt8], facts: [RecordFacts])? in
      var facts: [RecordFacts] = []
      do {
        try translator.readHub(bundle, named: "hub", receipt: call.receipt)
        let document = try translator.write(as: mapping) { root, forest in
          facts = chosen(root, forest, most: page?.most)
          return forest.keeping(facts.map(\.node), called: query.records, of: root)
        }
        return (document, facts)
      } catch { return nil }
    }
    guard let result else { throw RIVTAFault(.producer, "what the hub has does not fit the contract") }
    return result
  }

  private func chosen(_ root: NodeID, _ forest: borrowing Forest, most: Int?) -> [RecordFacts] {
    let source = call.logicalAddress.isOfAll ? nil : call.logicalAddress.name
    let begin = question.reference.flatMap { RecordPlace($0) }
    var facts: [RecordFacts] = []
    for (number, node) in forest.elements(root, called: query.records).enumerated() {
      let fact = RecordFacts(number: number, node, query.paths, forest)
      if fact.isOf(source), fact.matches(question, query.paths), allowed?.contains(number) ?? true,
        begin.map({ $0 < fact.place }) ?? true
      {
        facts.append(fact)
      }
    }
    facts.sort { $0.place < $1.place }
    return most.map { Array(facts.prefix($0)) } ?? facts
  }

  private func more(_ reference: String) -> [UInt8] {
    let address = call.logicalAddress.name
    return Array(
      """
      {"resourceType":"Parameters","parameter":[{"name":"has-more","part":[\
      {"name":"logical-address","valueString":"\(address)"},{"name":"reference","valueString":"\(reference)"}]}]}
      """.utf8)
  }
}

extension RIVTACall {
  var receipt: Receipt { Receipt(received: Timestamp.text(milliseconds: trip.received), id: trip.id) }
}

/// A contract that the hub answers.
struct QueryService: RIVTAService {
  let query: RIVTAQuery
  let hub: HubAnswering

  func answer(_ call: RIVTACall) async throws(RIVTAFault) -> RIVTAAnswer { try await hub.answer(call, query) }
}
