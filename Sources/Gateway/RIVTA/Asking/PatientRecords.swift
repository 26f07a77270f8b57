import Mapping
import Store

/// What the hub has of one patient, as a hub document.
struct PatientRecords: Sendable {
  let store: any HubStore
  let names: HubPseudonyms

  /// The patient's resources that a contract takes and all that they refer to, but nothing of any other
  /// patient's.
  func resources(
    of question: RecordQuestion, _ query: RIVTAQuery, in library: MappingLibrary
  ) throws(RIVTAFault) -> [HubResource] {
    var whose = HubQuestion(type: "Patient")
    whose.values = [("identifier", ["\(question.patient.system)|\(question.patient.value)"])]
    do {
      let patients = try all(try HubQuestions(library, names: names).query(whose))
      guard !patients.isEmpty else { return [] }
      let found = try records(of: patients.map(\.id), question, query, in: library)
      return try withReferences(patients + found, of: Set(patients.map(\.id)))
    } catch {
      throw RIVTAFault(.producer, "the hub could not be asked")
    }
  }

  private func records(
    of patients: [HubKey], _ question: RecordQuestion, _ query: RIVTAQuery, in library: MappingLibrary
  ) throws -> [HubResource] {
    let kinds = query.resources.filter { $0 != "Patient" }
    guard let first = kinds.first, let name = query.narrow,
      let days = question.days(library.hubRules.calendar)
    else {
      return try kinds.flatMap { kind in try all(HubQuery(under: patients, type: kind)) }
    }
    var within = HubQuery(under: patients, type: first)
    within.span = days
    within.ranges = [HubRange(name: names.times(first, name), times: days)]
    // What has no time is the oldest.
    var timeless = HubQuery(under: patients, type: first)
    timeless.span = Int64.min...Int64.min
    let found = try all(within) + all(timeless)
    guard !found.isEmpty else { return [] }
    // Their parts, such as who answers for them; what they refer to is looked up by its name.
    let parts = try kinds.dropFirst().flatMap { kind in try all(HubQuery(under: found.map(\.id), type: kind))
    }
    var seen: Set<HubKey> = []
    return (found + parts).filter { seen.insert($0.id).inserted }
  }

  func all(_ query: HubQuery) throws(StoreError) -> [HubResource] {
    var page = try store.resources(matching: query, after: nil, limit: 1000)
    var found = page.resources
    while let next = page.next {
      page = try store.resources(matching: query, after: next, limit: 1000)
      found += page.resources
    }
    return found
  }

  /// Adds what is referred to, in two steps: the role, and the role's unit.
  func withReferences(
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
