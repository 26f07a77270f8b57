import Booking
import Store

// From the beginning of a request's saga to its end, or to the end of the answer's time.
extension BookingRequest {
  /// What is left of an answer's time when waiting ends.
  private static let reserve = Duration.seconds(3)

  func begin(_ beginning: BookingBeginning) async throws(RIVTAFault) -> BookingBegun {
    try await changing(orElse: "the booking could not be kept") {
      let begun = try await worker.ledger.begin(beginning)
      worker.drive(beginning.intent.booking)
      return begun
    }
  }

  /// Changes the ledger, anew when somebody else did meanwhile.
  private func changing<Value>(
    orElse problem: String, _ change: () async throws -> Value
  ) async throws(RIVTAFault) -> Value {
    for _ in 0..<100 {
      do {
        return try await change()
      } catch StoreError.stale {
        continue
      } catch { break }
    }
    throw RIVTAFault(.producer, problem)
  }

  func follow(
    _ intent: BookingIntent, _ asked: BookingDossier
  ) async throws(RIVTAFault) -> RIVTAAnswer {
    var saga = try await outcome(of: intent, within: call.remaining() - Self.reserve)
    if let late = saga, !late.isConfirmed, !late.isEnded, case .book = intent.wish {
      saga = try await takeBack(intent)
    }
    guard let saga, saga.isConfirmed || saga.isEnded || saga.isTakenBack else {
      throw RIVTAFault(.producer, "it is not yet known what became of it")
    }
    if case .refused(let words) = saga.outcome { return try answer(asked, refused: words) }
    let dossier = (try? worker.ledger.file(intent.booking)).flatMap { BookingDossier(kept: $0.dossier) }
    return try answer(dossier ?? asked, refused: nil)
  }

  private func outcome(
    of intent: BookingIntent, within limit: Duration
  ) async throws(RIVTAFault) -> BookingSaga? {
    do {
      return try await worker.outcome(of: intent.id, within: limit)
    } catch {
      throw RIVTAFault(.producer, "the booking could not be looked for")
    }
  }

  /// It may be confirmed at the last moment: then it is.
  private func takeBack(_ intent: BookingIntent) async throws(RIVTAFault) -> BookingSaga? {
    try await changing(orElse: "the booking could not be taken back") {
      _ = try await worker.ledger.abandon(intent.id, because: rules.words.late)
      worker.drive(intent.booking)
      return try worker.ledger.saga(intent.id)
    }
  }
}
