import Booking
import Store

// Which booking a request means.
extension BookingRequest {
  /// The booking that is meant: one of ours, or one that the hub knows and that nobody has booked here.
  func known(
    _ asked: BookingDossier
  ) throws(RIVTAFault) -> (id: String, dossier: BookingDossier)? {
    do {
      for name in asked.names {
        guard let id = try worker.ledger.booking(named: name) else { continue }
        let file = try worker.ledger.file(id)
        guard file.time != nil || !file.queue.isEmpty else { return nil }
        return BookingDossier(kept: file.dossier).map { (id, $0) }
      }
      return try inHub(asked)
    } catch {
      throw RIVTAFault(.producer, "the booking could not be looked for")
    }
  }

  private func inHub(_ asked: BookingDossier) throws -> (
    id: String, dossier: BookingDossier
  )? {
    var question = HubQuestion(type: "Appointment")
    question.values = [("identifier", asked.names)]
    let query = try HubQuestions(call.served.library, names: records.names).query(question)
    guard let found = try records.all(query).first, let patient = found.patient else { return nil }
    let encounters = try records.all(HubQuery(under: [patient], type: "Encounter"))
      .filter { PatientRecords.references(in: $0.content).contains(found.id) }
    let own = try records.store.resources([patient])
    let all = try records.withReferences([found] + own + encounters, of: [patient])
    guard var dossier = BookingDossier(bundle: PatientRecords.bundle(all.map(\.content))), dossier.isLive
    else {
      return nil
    }
    let id = dossier.identifier(name) ?? call.trip.id
    dossier.name(name, id)
    return (id, dossier)
  }
}
