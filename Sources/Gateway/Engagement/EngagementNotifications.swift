import Diagnostics
import Mapping

/// The service behind ProcessNotification: takes what another index was told.
struct EngagementNotifications: RIVTAService {
  /// By which `rivta.yaml` binds it.
  static let name = "engagement-notifications"

  let intake: Intake
  var rules = EngagementRules()

  func answer(_ call: RIVTACall) async throws(RIVTAFault) -> RIVTAAnswer {
    let answer = await withCheckedContinuation { waiter in
      take(call.document) { waiter.resume(returning: $0) }
    }
    guard let answer else { throw RIVTAFault(.producer, "the notification could not be kept") }
    return RIVTAAnswer(document: answer, note: RIVTANote(detail: "taken", isChange: true))
  }

  /// Keeps a notification as a message, which routes may send on, and answers once it is on disk.
  /// - Parameters:
  ///   - document: the request without its envelope.
  ///   - completion: given the answer without its envelope; nil when it could not be kept: a technical fault.
  func take(_ document: [UInt8], completion: @escaping @Sendable ([UInt8]?) -> Void) {
    let served = intake.current.served
    guard let entry = served.mappings[rules.notification] else { return completion(nil) }
    intake.take(document, entry, of: served, key: { $0 }) { outcome in
      switch outcome {
      case .accepted, .repeated: completion(answer(served, "information", "informational", "OK"))
      case .refused, .conflict: completion(answer(served, "error", "invalid", "INVALID_REQUEST"))
      case .overloaded, .notStored: completion(nil)
      }
    }
  }

  private func answer(
    _ served: ServedMappings, _ severity: String, _ code: String, _ text: String
  ) -> [UInt8]? {
    guard let mapping = served.mappings[rules.notificationAnswer]?.mapping else { return nil }
    let outcome =
      #"{"resourceType":"OperationOutcome","issue":[{"severity":"\#(severity)","code":"\#(code)","#
      + #""details":{"text":"\#(text)"}}]}"#
    return served.translators.lend { translator in
      do throws(DiagnosticError) {
        try translator.readHub(Array(outcome.utf8), named: "hub", receipt: Receipt(received: "", id: ""))
        return try translator.write(as: mapping)
      } catch {
        return nil
      }
    }
  }
}
