import Documents
import Formats
import Mapping
import Store

/// Finds the free time that a request means: the one that would be shown with the values that the request
/// gives back.
struct FreeTimeFinding {
  let rules: BookingRules.FreeTimes
  let records: PatientRecords
  let call: RIVTACall

  /// The slot's name, `system|value`; nil when no free time is like that.
  /// - Parameter start: when it begins, as the request's Appointment has it.
  func slot(beginning start: String) throws(RIVTAFault) -> String? {
    guard let mapping = call.served.mappings[rules.shownBy]?.mapping else {
      throw RIVTAFault(.producer, "a mapping of the contract is not served")
    }
    let asked = try values(ofRequest: call.document)
    for (name, resources) in try candidates(start)
    where shown(resources, mapping).contains(where: { isSame(asked, $0) }) {
      return name
    }
    return nil
  }

  private func candidates(_ start: String) throws(RIVTAFault) -> [(name: String, resources: [[UInt8]])] {
    guard let moment = call.served.library.hubRules.calendar.times(start) else { return [] }
    var question = HubQuestion(type: "Slot")
    question.times = [("date", moment)]
    do {
      let slots = try records.all(try HubQuestions(call.served.library, names: records.names).query(question))
      return try slots.compactMap { slot in
        guard let name = BookedSlots.identifiers(ofSlot: slot.content).first else { return nil }
        return (name, try records.withReferences([slot], of: []).map(\.content))
      }
    } catch {
      throw RIVTAFault(.producer, "the hub could not be asked")
    }
  }

  private func values(ofRequest document: [UInt8]) throws(RIVTAFault) -> [String] {
    var forest = Forest(names: NameTableBuilder().build(), reserving: document.count)
    guard let root = try? XMLReader().read(document, named: "request", into: &forest) else {
      throw RIVTAFault(.unreadable, "the request can't be read")
    }
    return rules.same.map { forest.text(root, at: rules.askedIn + $0) }
  }

  private func shown(_ resources: [[UInt8]], _ mapping: Mapping) -> [[String]] {
    let rules = rules
    return call.served.translators.lend { translator -> [[String]] in
      var found: [[String]] = []
      do {
        try translator.readHub(PatientRecords.bundle(resources), named: "hub", receipt: call.receipt)
        _ = try translator.write(as: mapping) { root, forest in
          for node in forest.elements(root, called: rules.records) {
            found.append(rules.same.map { forest.text(node, at: $0) })
          }
          return root
        }
      } catch { return [] }
      return found
    }
  }

  private func isSame(_ asked: [String], _ shown: [String]) -> Bool {
    zip(asked, shown).allSatisfy { $0.isEmpty || $0.uppercased() == $1.uppercased() }
  }
}
