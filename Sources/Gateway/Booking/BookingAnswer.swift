// What the consumer is told.
extension BookingRequest {
  /// - Parameter words: why not; nil when it is so.
  func answer(
    _ dossier: BookingDossier, refused words: String?
  ) throws(RIVTAFault) -> RIVTAAnswer {
    guard let mapping = call.served.mappings[service.answer]?.mapping else {
      throw RIVTAFault(.producer, "a mapping of the contract is not served")
    }
    var issue: [String: Any] = ["severity": "information", "code": "informational"]
    if let words {
      issue = ["severity": "error", "code": "business-rule", "details": ["text": words]]
    }
    let bundle = dossier.bundle(with: [["resourceType": "OperationOutcome", "issue": [issue]]])
    let document = call.served.translators.lend { translator -> [UInt8]? in
      do {
        try translator.readHub(bundle, named: "booking", receipt: call.receipt)
        return try translator.write(as: mapping)
      } catch { return nil }
    }
    guard let document else { throw RIVTAFault(.producer, "what came of it does not fit the contract") }
    var note = RIVTANote(detail: words == nil ? "done" : "refused")
    note.patient = dossier.patientIdentifier
    note.isChange = true
    return RIVTAAnswer(document: document, note: note)
  }
}
