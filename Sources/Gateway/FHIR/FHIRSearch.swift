import Audit
import Mapping
import Store

/// Looks in the hub for what parameters ask for.
struct FHIRSearch {
  let library: MappingLibrary
  let store: any HubStore
  let names: HubPseudonyms

  /// A page of what was looked for.
  struct Found {
    var resources: [HubResource] = []
    var next: HubPage.Cursor?
    /// Whom the question named.
    var asked: [PatientIdentifier] = []
  }

  func found(_ parameters: FHIRParameters) throws -> Found {
    var found = Found()
    found.asked = parameters.patientIdentifiers.compactMap(PatientIdentifier.init)
    guard parameters.ids.isEmpty else {
      let ids = parameters.ids.compactMap { HubKey(hexadecimal: $0) }
      found.resources = try store.resources(Array(ids.prefix(parameters.count)))
        .filter { $0.type == parameters.type }
      return found
    }
    let patients = try patients(parameters)
    // Nobody has such a number: then nothing is found, whatever else is asked for.
    if parameters.namesPatient, patients.isEmpty {
      _ = try query(parameters, [names.resource(FHIRPatients.type, "nobody")])
      return found
    }
    let page = try store.resources(
      matching: try query(parameters, patients), after: parameters.cursor, limit: parameters.count)
    found.resources = page.resources
    found.next = page.next
    return found
  }

  private func query(_ parameters: FHIRParameters, _ patients: [HubKey]) throws -> HubQuery {
    var question = HubQuestion(type: parameters.type, patient: patients.first)
    question.values = parameters.values
    question.times = parameters.times
    do throws(HubQuestion.Fault) {
      let questions = HubQuestions(library, names: names)
      var query = try questions.query(question)
      if !patients.isEmpty { query.under = patients }
      return query
    } catch {
      throw FHIRFault(error)
    }
  }

  private func patients(_ parameters: FHIRParameters) throws -> [HubKey] {
    let named = parameters.patients.compactMap { HubKey(reference: $0.utf8) }
    guard !parameters.patientIdentifiers.isEmpty else { return named }
    var question = HubQuestion(type: FHIRPatients.type)
    question.values = [("identifier", parameters.patientIdentifiers)]
    let query = try HubQuestions(library, names: names).query(question)
    return try store.resources(matching: query, after: nil, limit: 100).resources.map(\.id)
  }
}
