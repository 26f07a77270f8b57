import Store

/// Finds the records of patients that may tell of the days asked for, and what belongs to them, without reading what
/// these days exclude.
///
/// A record tells times of its own, and others' where it has none: when its provenance was recorded, when its visit
/// was. So it is looked for by all of them, as ``RIVTAQuery/narrow`` says. More may be found than is meant; what the
/// answer says decides.
struct PeriodNarrowing {
  let records: PatientRecords
  let questions: HubQuestions
  let patients: [HubKey]
  let query: RIVTAQuery
  /// Milliseconds since 1970, UTC.
  let days: ClosedRange<Int64>

  func resources() throws -> [HubResource] {
    guard let kind = query.resources.first else { return [] }
    var found: [HubResource] = []
    for narrowing in query.narrow {
      for search in narrowing.searches {
        let timely = try timely(narrowing.type, by: search)
        found += narrowing.type == kind ? timely : try records(kind, around: timely)
      }
    }
    return try withContext(found)
  }

  private func timely(_ type: String, by search: String) throws -> [HubResource] {
    var question = HubQuestion(type: type, patient: patients.first)
    question.times = [(search, days)]
    var query = try questions.query(question)
    query.under = patients
    return try records.all(query)
  }

  /// The records that others are about, or of which they are the whole.
  private func records(_ kind: String, around others: [HubResource]) throws -> [HubResource] {
    guard !others.isEmpty else { return [] }
    return try referred(by: others).filter { $0.type == kind }
      + records.all(HubQuery(under: others.map(\.id), type: kind))
  }

  /// With all that the contract takes of what hangs together with them: a record must say the same as it would beside
  /// all others. Records that they refer to are told by the same things.
  private func withContext(_ found: [HubResource]) throws -> [HubResource] {
    var known: Set<HubKey> = []
    var fresh = found.filter { known.insert($0.id).inserted }
    var all = fresh
    while !fresh.isEmpty {
      let under = fresh.map(\.id)
      let parts = try query.resources.dropFirst().flatMap { kind in
        try records.all(HubQuery(under: under, type: kind))
      }
      fresh = (try referred(by: fresh) + parts).filter { known.insert($0.id).inserted }
      all += fresh
    }
    return all
  }

  private func referred(by resources: [HubResource]) throws -> [HubResource] {
    let names = Set(resources.flatMap { PatientRecords.references(in: $0.content) })
    return try records.store.resources(names.sorted()).filter { resource in
      query.resources.contains(resource.type) && resource.patient.map(patients.contains) == true
    }
  }
}
