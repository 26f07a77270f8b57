import Mapping
import Store

/// What the hub has of one patient, as a hub document.
struct PatientRecords: Sendable {
  let store: any HubStore
  let names: HubPseudonyms

  /// The patient's resources of these kinds and all that they refer to, but nothing of any other patient's.
  func resources(
    of patient: (system: String, value: String), _ kinds: [String], in library: MappingLibrary
  ) throws(RIVTAFault) -> [HubResource] {
    var question = HubQuestion(type: "Patient")
    question.values = [("identifier", ["\(patient.system)|\(patient.value)"])]
    do {
      let query = try HubQuestions(library, names: names).query(question)
      let patients = try all(query)
      guard !patients.isEmpty else { return [] }
      var found = patients
      for kind in kinds where kind != "Patient" {
        found += try all(HubQuery(under: patients.map(\.id), type: kind))
      }
      return try withReferences(found, of: Set(patients.map(\.id)))
    } catch {
      throw RIVTAFault(.producer, "the hub could not be asked")
    }
  }

  private func all(_ query: HubQuery) throws(StoreError) -> [HubResource] {
    var page = try store.resources(matching: query, after: nil, limit: 1000)
    var found = page.resources
    while let next = page.next {
      page = try store.resources(matching: query, after: next, limit: 1000)
      found += page.resources
    }
    return found
  }

  /// Adds what is referred to, in two steps: the role, and the role's unit.
  private func withReferences(
    _ resources: [HubResource], of patients: Set<HubKey>
  ) throws(StoreError) -> [HubResource] {
    var (found, known) = (resources, Set(resources.map(\.id)))
    var fresh = resources
    for _ in 0..<3 where !fresh.isEmpty {
      let wanted = Set(fresh.flatMap { Self.references(in: $0.content) }).subtracting(known)
      guard !wanted.isEmpty else { break }
      known.formUnion(wanted)
      fresh = try store.resources(wanted.sorted()).filter { resource in
        resource.type != "Patient" && resource.patient.map(patients.contains) ?? true
      }
      found += fresh
    }
    return found
  }

  /// The names in `"reference":"Type/name"` of compact JSON; within a text the quotes would be escaped.
  static func references(in content: [UInt8]) -> [HubKey] {
    let mark = Array("\"reference\":\"".utf8)
    var (keys, index): ([HubKey], Int) = ([], 0)
    while index + mark.count < content.count {
      guard let quote = content[index...].firstIndex(of: 0x22) else { break }
      guard content[quote...].starts(with: mark) else {
        index = quote + 1
        continue
      }
      let begin = quote + mark.count
      let end = content[begin...].firstIndex(of: 0x22) ?? content.count
      let text = content[begin..<end]
      if let slash = text.lastIndex(of: 0x2F) {
        let name = String(decoding: text[(slash + 1)...], as: UTF8.self)
        if let key = HubKey(hexadecimal: name) { keys.append(key) }
      }
      index = end + 1
    }
    return keys
  }

  /// A FHIR Bundle of resources in JSON.
  static func bundle(_ resources: [[UInt8]]) -> [UInt8] {
    var bytes = Array("{\"resourceType\":\"Bundle\",\"type\":\"collection\"".utf8)
    for (index, resource) in resources.enumerated() {
      bytes += Array((index == 0 ? ",\"entry\":[{\"resource\":" : ",{\"resource\":").utf8)
      bytes += resource
      bytes.append(UInt8(ascii: "}"))
    }
    return bytes + Array((resources.isEmpty ? "}" : "]}").utf8)
  }
}
