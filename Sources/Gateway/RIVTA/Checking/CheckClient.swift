import Documents
import Formats
import HTTP

/// Asks one national service: CheckBlocks 3.0 (ehr:blocking), CheckConsent 1.0 (ehr:patientconsent) or
/// CheckPatientRelation 1.0 (ehr:patientrelationship).
///
/// These three ask and answer about an access and not about care, so the hub has no words for them and no
/// mapping makes them.
struct CheckClient: Sendable {
  private let check: AccessCheck
  private let target: HTTPTarget
  private let client: HTTPClient

  init(_ check: AccessCheck, _ target: HTTPTarget, _ client: HTTPClient) {
    (self.check, self.target, self.client) = (check, target, client)
  }

  // MARK: consent and relation

  /// Whether the patient agrees, or the person takes part in the care.
  func isGiven(_ actor: RIVTAActor, _ patient: String, within time: Duration) async throws(RIVTAFault) -> Bool
  {
    let answer = try await send(CheckDocument.access(check, actor, patient), within: time)
    return try read(answer) { root, forest throws(RIVTAFault) in
      let word = check == .consent ? "HasConsent" : "HasPatientrelation"
      return ["true", "1"].contains(forest.text(root, at: ["CheckResultType", word]))
    }
  }

  // MARK: blocks

  /// The numbers of the records that no block hides.
  func free(
    _ records: [CheckedRecord], _ actor: RIVTAActor, _ patient: String, within time: Duration
  ) async throws(RIVTAFault) -> Set<Int> {
    let document = CheckDocument.blocks(records, actor, patient)
    return try read(try await send(document, within: time)) { root, forest throws(RIVTAFault) in
      let rows = forest.elements(root, called: "CheckBlocksResultType")
        .flatMap { forest.elements($0, called: "CheckResults") }
      let statuses = rows.map { row in
        (number: Int(forest.text(row, at: ["RowNumber"])), isFree: forest.text(row, at: ["Status"]) == "OK")
      }
      // A row that is answered twice must be free both times.
      let hidden = Set(statuses.filter { !$0.isFree }.compactMap(\.number))
      return Set(statuses.filter(\.isFree).compactMap(\.number)).subtracting(hidden)
    }
  }

  // MARK: talking

  private func send(_ document: String, within time: Duration) async throws(RIVTAFault) -> [UInt8] {
    guard time > .zero else { throw unreachable }
    var request = target.request
    request.limit = min(time, .seconds(10))
    request.headers.append((name: "Content-Type", value: SOAPEnvelope.type))
    request.body = SOAPEnvelope.around(Array(document.utf8), for: target.soap?.logicalAddress ?? "")
    let (client, sent) = (client, request)
    let answer = await withCheckedContinuation { waiter in client.send(sent) { waiter.resume(returning: $0) }
    }
    guard case .success(let answer) = answer, answer.status == 200 else { throw unreachable }
    return answer.body
  }

  private func read<Result>(
    _ answer: [UInt8], _ take: (NodeID, borrowing Forest) throws(RIVTAFault) -> Result
  ) throws(RIVTAFault) -> Result {
    var forest = Forest(names: NameTableBuilder().build(), reserving: answer.count)
    guard let root = try? XMLReader().read(answer, named: "answer", into: &forest),
      let body = forest.elements(root, called: "Body").first,
      let response = forest.elements(body, called: check.element + "Response").first,
      ["OK", "INFO"].contains(forest.text(response, at: [check.resultName, "Result", "ResultCode"]))
    else { throw unreachable }
    return try take(response, forest)
  }

  private var unreachable: RIVTAFault {
    RIVTAFault(.producer, "the service for \(check.rawValue) gives no answer")
  }
}

extension AccessCheck {
  var element: String {
    switch self {
    case .blocks: "CheckBlocks"
    case .consent: "CheckConsent"
    case .relation: "CheckPatientRelation"
    }
  }

  fileprivate var resultName: String { self == .blocks ? "CheckBlocksResultType" : "CheckResultType" }
}
