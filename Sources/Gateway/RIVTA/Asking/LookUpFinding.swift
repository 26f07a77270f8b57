import Foundation
import Mapping
import Store

/// Finds in the hub what a look-up is made of.
struct LookUpFinding {
  let lookUp: RIVTALookUp
  let question: LookUpQuestion
  let records: PatientRecords
  let library: MappingLibrary
  /// Milliseconds since 1970, UTC.
  let now: Int64
  let isTaken: @Sendable (String) -> Bool

  /// The resources and all that they refer to, as compact JSON.
  func resources() throws(RIVTAFault) -> [HubResource] {
    do {
      var found: [HubResource] = []
      for find in lookUp.find where isAsked(find) { found += try resources(find, among: found) }
      found.removeAll { lookUp.aside.contains($0.type) }
      if let free = lookUp.free { found = try withoutTaken(found, free) }
      let patients = Set(found.compactMap { $0.type == "Patient" ? $0.id : $0.patient })
      return try records.withReferences(found + patientResources(patients, found), of: patients)
    } catch {
      throw RIVTAFault(.producer, "the hub could not be asked")
    }
  }

  private func patientResources(_ ids: Set<HubKey>, _ found: [HubResource]) throws -> [HubResource] {
    let known = Set(found.map(\.id))
    return try records.store.resources(ids.subtracting(known).sorted())
  }

  private func resources(_ find: RIVTALookUp.Find, among found: [HubResource]) throws -> [HubResource] {
    var question = HubQuestion(type: find.type)
    var under: [HubKey]?
    for condition in find.by {
      let (search, wanted) = (condition.search, condition.wanted)
      if search == "patient" {
        under = try patients()
      } else if wanted == "days" {
        guard let days else { return [] }
        question.times.append((search, days))
      } else if let other = lookUp.find.first(where: { $0.type == RIVTALookUp.kind(wanted) }) {
        guard isAsked(other) else { continue }
        let meant = found.filter { $0.type == other.type }
        guard wanted == other.type else {
          let path = wanted.split(separator: ".").dropFirst().map(String.init)
          question.values.append((search, meant.flatMap { HubJSON.texts($0.content, at: path) }))
          continue
        }
        question.values.append((search, meant.map { "\(wanted)/\($0.id.hexadecimal)" }))
        // What is a patient's is looked for under those whose the others are.
        if library.hubRules.resources[find.type]?.patient != nil {
          under = Array(Set(meant.compactMap(\.patient))).sorted()
        }
      } else if let values = self.question.values[wanted], !values.isEmpty {
        question.values.append((search, values))
      }
    }
    if question.values.contains(where: { $0.anyOf.isEmpty }) { return [] }
    if let under, under.isEmpty { return [] }
    question.patient = under?.first
    var query = try HubQuestions(library, names: records.names).query(question)
    if let under { query.under = under }
    return try records.all(query)
  }

  private func isAsked(_ find: RIVTALookUp.Find) -> Bool {
    find.when.isEmpty || question.values[find.when]?.isEmpty == false
  }

  private func patients() throws -> [HubKey] {
    guard let patient = question.patient, !patient.value.isEmpty else { return [] }
    var question = HubQuestion(type: "Patient")
    question.values = [("identifier", ["\(patient.system)|\(patient.value)"])]
    return try records.all(try HubQuestions(library, names: records.names).query(question)).map(\.id)
  }

  /// The days that are asked for, from now on.
  private var days: ClosedRange<Int64>? {
    guard let start = question.start, let end = question.end, start <= end else { return nil }
    let calendar = library.hubRules.calendar
    guard let first = calendar.times(Self.day(start)), let last = calendar.times(Self.day(end)) else {
      return nil
    }
    let begin = max(first.lowerBound, now)
    return begin <= last.upperBound ? begin...last.upperBound : nil
  }

  private static func day(_ digits: String) -> String {
    guard digits.count == 8 else { return digits }
    let characters = Array(digits)
    return "\(String(characters[0..<4]))-\(String(characters[4..<6]))-\(String(characters[6...]))"
  }

  // MARK: what is booked

  /// Without the times that a booking of the hub has, whatever the time book has told of them.
  private func withoutTaken(_ found: [HubResource], _ type: String) throws -> [HubResource] {
    let names = found.filter { $0.type == type }.map { ($0.id, BookedSlots.identifiers(ofSlot: $0.content)) }
    let slots = Dictionary(names) { first, _ in first }
    var question = HubQuestion(type: "Appointment")
    question.values = [("slot", slots.values.flatMap(\.self))]
    guard question.values[0].anyOf.isEmpty == false else { return found }
    let bookings = try records.all(try HubQuestions(library, names: records.names).query(question))
    let taken = Set(bookings.flatMap { BookedSlots.identifiers(ofBooking: $0.content) })
    return found.filter { resource in
      guard let names = slots[resource.id] else { return true }
      return taken.isDisjoint(with: names) && !names.contains(where: isTaken)
    }
  }
}
