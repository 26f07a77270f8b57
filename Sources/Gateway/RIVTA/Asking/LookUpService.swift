import Documents
import Mapping
import Store

/// A contract that is answered by looking up in the hub.
struct LookUpService: RIVTAService {
  let lookUp: RIVTALookUp
  let records: PatientRecords
  let isTaken: @Sendable (String) -> Bool

  func answer(_ call: RIVTACall) async throws(RIVTAFault) -> RIVTAAnswer {
    guard let request = call.served.mappings[lookUp.request]?.mapping,
      let mapping = call.served.mappings[lookUp.answer]?.mapping
    else { throw RIVTAFault(.producer, "a mapping of the contract is not served") }
    guard let bundle = call.hub(request), let question = LookUpQuestion(bundle) else {
      throw RIVTAFault(.unreadable, "the request does not fit its contract")
    }
    let finding = LookUpFinding(
      lookUp: lookUp, question: question, records: records, library: call.served.library,
      now: call.trip.received, isTaken: isTaken)
    let found = try finding.resources()
    let run = LookUpRun(call: call, lookUp: lookUp, mapping: mapping, question: question)
    let (document, count) = try run.answer(found)
    var note = RIVTANote(detail: "\(count) records")
    note.patient = question.patient
    return RIVTAAnswer(document: document, note: note)
  }
}

extension RIVTACall {
  /// The hub document that the request's mapping makes; nil when the request does not fit.
  func hub(_ mapping: Mapping) -> [UInt8]? {
    served.translators.lend { translator -> [UInt8]? in
      do {
        try translator.read(document, as: mapping, named: "request", receipt: receipt)
      } catch { return nil }
      return translator.hub()
    }
  }
}

/// One answer in the making.
struct LookUpRun {
  let call: RIVTACall
  let lookUp: RIVTALookUp
  let mapping: Mapping
  let question: LookUpQuestion

  /// The answer, and how many records are in it.
  ///
  /// What the contract has no way to tell is left out, so that one of them does not take the others with it.
  func answer(_ found: [HubResource]) throws(RIVTAFault) -> (document: [UInt8], count: Int) {
    let written = write(found.map(\.content)) ?? write(tellable(found))
    guard let written, written.count >= lookUp.atLeast else {
      guard lookUp.atLeast > 0 else { throw RIVTAFault(.producer, "the hub does not fit the contract") }
      throw RIVTAFault(.unreadable, "what is asked for is not there")
    }
    return written
  }

  private func tellable(_ found: [HubResource]) -> [[UInt8]] {
    let kind = lookUp.kind
    let others = found.filter { $0.type != kind }.map(\.content)
    let told = found.filter { $0.type == kind && write(others + [$0.content]) != nil }
    return others + told.map(\.content)
  }

  private func write(_ resources: [[UInt8]]) -> (document: [UInt8], count: Int)? {
    let bundle = PatientRecords.bundle(resources)
    return call.served.translators.lend { translator -> (document: [UInt8], count: Int)? in
      var count = 0
      do {
        try translator.readHub(bundle, named: "hub", receipt: call.receipt)
        let document = try translator.write(as: mapping) { root, forest in
          let kept = chosen(root, forest)
          count = kept.count
          return forest.keeping(kept, called: lookUp.records, of: root)
        }
        return (document, count)
      } catch { return nil }
    }
  }

  private func chosen(_ root: NodeID, _ forest: borrowing Forest) -> [NodeID] {
    var told: [Set<[String]>] = lookUp.once.map { _ in [] }
    var kept: [(key: [String], node: NodeID)] = []
    for node in forest.elements(root, called: lookUp.records) where isMeant(node, forest) {
      let faces = lookUp.once.map { paths in paths.map { forest.text(node, at: $0) } }
      if zip(told, faces).contains(where: { $0.contains($1) }) { continue }
      for (number, face) in faces.enumerated() { told[number].insert(face) }
      kept.append((lookUp.order.map { forest.text(node, at: $0) }, node))
    }
    kept.sort { $0.key.lexicographicallyPrecedes($1.key) }
    return kept.map(\.node)
  }

  private func isMeant(_ node: NodeID, _ forest: borrowing Forest) -> Bool {
    if !lookUp.unit.isEmpty, !call.logicalAddress.isOfAll,
      forest.text(node, at: lookUp.unit).uppercased() != call.logicalAddress.name.uppercased()
    {
      return false
    }
    for (parameter, path) in lookUp.chosenBy {
      guard let wished = question.values[parameter], !wished.isEmpty else { continue }
      let text = forest.text(node, at: path).uppercased()
      guard wished.contains(where: { $0.uppercased() == text }) else { return false }
    }
    guard !lookUp.days.isEmpty else { return true }
    let day = String(forest.text(node, at: lookUp.days).prefix(8))
    return question.start.map { $0 <= day } ?? true && question.end.map { day <= $0 } ?? true
  }
}
