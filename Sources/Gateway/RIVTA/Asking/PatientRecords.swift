import Foundation
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
    if !query.narrow.isEmpty, let days = question.days(library.hubRules.calendar) {
      return try PeriodNarrowing(
        records: self, questions: HubQuestions(library, names: names), patients: patients, query: query,
        days: days
      ).resources()
    }
    return try query.resources.flatMap { kind in try all(HubQuery(under: patients, type: kind)) }
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
    var keys: [HubKey] = []
    content.withUnsafeBytes { bytes in
      var index = 0
      while let begin = Self.behindMark(bytes, from: index) {
        let text = bytes[begin...].prefix { $0 != 0x22 }
        index = text.endIndex
        guard let slash = text.lastIndex(of: 0x2F) else { continue }
        let name = String(decoding: text[(slash + 1)...], as: UTF8.self)
        if let key = HubKey(hexadecimal: name) { keys.append(key) }
      }
    }
    return keys
  }

  private static let mark = Array("\"reference\":\"".utf8)

  /// Where the next reference's text begins; nil when there is none.
  private static func behindMark(_ bytes: UnsafeRawBufferPointer, from index: Int) -> Int? {
    guard let base = bytes.baseAddress else { return nil }
    var index = index
    while bytes.count - index > mark.count, let quote = memchr(base + index, 0x22, bytes.count - index) {
      index = UnsafeRawPointer(quote) - base
      guard bytes.count - index > mark.count else { return nil }
      if memcmp(quote, mark, mark.count) == 0 { return index + mark.count }
      index += 1
    }
    return nil
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
