import Audit
import Mapping
import Store

/// GetAccessLogsForPatient 2.0 (informationsecurity:auditing:log): who had access to a patient's data, from the audit
/// log. The endpoint logs that somebody asks before the answer leaves.
///
/// The answer is made at once, so there are no reports to be fetched later. Accesses that the contract can't tell,
/// since nobody said which person it was or where, are left out, and the log says how many.
struct AccessLogAnswering: RIVTAService {
  /// What `rivta.yaml` calls it.
  static let name = "access-logs"

  let log: AuditLog
  /// The most accesses of one answer (TKB 2.0.8, section 7.3).
  var most = 10_000

  func answer(_ call: RIVTACall) async throws(RIVTAFault) -> RIVTAAnswer {
    let documents = try AccessLogDocuments(call)
    guard let question = documents.question() else {
      throw RIVTAFault(.unreadable, "the request does not fit its contract")
    }
    if question.report != nil {
      return try refusal("REPORT_NOT_FOUND", "no report is made in advance", documents)
    }
    guard question.since < question.until else {
      return try refusal("VALIDATION_ERROR", "toDate is before fromDate", documents)
    }
    let (entries, oldest) = try accesses(question)
    guard entries.count <= most else {
      return try refusal(
        "MAX_QUERY_RESULT_EXCEEDED", "more than \(most) accesses; ask for fewer days", documents)
    }
    return try answer(question, entries, since: oldest ?? call.trip.received, documents)
  }

  private func answer(
    _ question: AccessLogQuestion, _ entries: [StoredAuditEntry], since oldest: Int64,
    _ documents: AccessLogDocuments
  ) throws(RIVTAFault) -> RIVTAAnswer {
    let (document, told) = try documents.answer(entries, of: log, since: oldest)
    let untold = entries.count - told
    var note = RIVTANote()
    note.patient = (question.patient.system, question.patient.value)
    note.detail = untold == 0 ? "\(told) accesses" : "\(told) accesses, \(untold) can't be told"
    return RIVTAAnswer(document: document, note: note)
  }

  private func accesses(
    _ question: AccessLogQuestion
  ) throws(RIVTAFault) -> (entries: [StoredAuditEntry], oldest: Int64?) {
    do {
      return (
        try log.accesses(of: question.patient, since: question.since, until: question.until), try log.oldest()
      )
    } catch {
      throw RIVTAFault(.producer, "the audit log could not be read")
    }
  }

  private func refusal(
    _ code: String, _ why: String, _ documents: AccessLogDocuments
  ) throws(RIVTAFault) -> RIVTAAnswer {
    RIVTAAnswer(document: try documents.refusal(code, why), note: RIVTANote(detail: "refused: \(why)"))
  }
}
