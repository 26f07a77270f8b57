import Booking
import Store

/// MakeBooking, UpdateBooking and CancelBooking (crm:scheduling 1.1): a saga begins, and the answer tells
/// how it ended.
///
/// A booking that is not confirmed in time is taken back, and the answer says that nothing is booked.
/// Whether a moving or a cancellation comes through can't be said then: that is a fault, and the saga goes
/// on.
struct BookingService: RIVTAService {
  /// What is left of an answer's time when waiting ends.
  private static let reserve = Duration.seconds(3)

  let service: BookingRules.Service
  let rules: BookingRules
  let records: PatientRecords
  let worker: BookingWorker

  func answer(_ call: RIVTACall) async throws(RIVTAFault) -> RIVTAAnswer {
    guard let mapping = call.served.mappings[service.request]?.mapping else {
      throw RIVTAFault(.producer, "a mapping of the contract is not served")
    }
    guard let bundle = call.hub(mapping), let asked = BookingDossier(bundle: bundle) else {
      throw RIVTAFault(.unreadable, "the request does not fit its contract")
    }
    guard call.logicalAddress.isOfAll || asked.unit?.uppercased() == call.logicalAddress.name.uppercased()
    else {
      throw RIVTAFault(.noRoute, "the unit of the request is not at this logical address")
    }
    switch service.wish {
    case .book: return try await book(asked, call)
    case .move: return try await change(asked, call, isMoving: true)
    case .cancel: return try await change(asked, call, isMoving: false)
    }
  }

  // MARK: wishes

  private func book(_ asked: BookingDossier, _ call: RIVTACall) async throws(RIVTAFault) -> RIVTAAnswer {
    guard let slot = try freeSlot(asked, call) else {
      return try answer(call, asked, refused: rules.words.taken)
    }
    var dossier = asked
    let booking = call.trip.id
    dossier.name(rules.name, booking)
    dossier.take(slot: slot)
    let time = BookedTime(slot: slot, patient: asked.patient ?? "")
    let intent = BookingIntent(id: call.trip.id, booking: booking, origin: .web, wish: .book(time))
    let beginning = BookingBeginning(intent, dossier: dossier.bytes, names: dossier.names, slot: slot)
    switch try await begin(beginning) {
    case .begun, .known: return try await follow(intent, asked, call)
    case .taken(let owner): return try await sameAgain(owner, time, asked, call)
    }
  }

  /// The same patient asks for the same time once more, as after an answer that got lost: it is the same
  /// booking.
  private func sameAgain(
    _ owner: String, _ time: BookedTime, _ asked: BookingDossier, _ call: RIVTACall
  ) async throws(RIVTAFault) -> RIVTAAnswer {
    guard let file = try? worker.ledger.file(owner),
      BookingDossier(kept: file.dossier)?.patient == time.patient
    else { return try answer(call, asked, refused: rules.words.taken) }
    if let first = file.queue.first, let saga = try? worker.ledger.saga(first),
      saga.intent.wish == .book(time)
    {
      return try await follow(saga.intent, asked, call)
    }
    guard file.time == time, let dossier = BookingDossier(kept: file.dossier) else {
      return try answer(call, asked, refused: rules.words.taken)
    }
    return try answer(call, dossier, refused: nil)
  }

  private func change(
    _ asked: BookingDossier, _ call: RIVTACall, isMoving: Bool
  ) async throws(RIVTAFault) -> RIVTAAnswer {
    guard let (booking, known) = try known(asked, call), isAllowed(asked, known) else {
      return try answer(call, asked, refused: rules.words.missing)
    }
    var dossier = known
    dossier.adopt(from: asked)
    var wish = BookingIntent.Wish.cancel
    var slot: String?
    if isMoving {
      slot = try freeSlot(asked, call)
      guard let slot else { return try answer(call, asked, refused: rules.words.taken) }
      var moved = asked
      moved.take(slot: slot)
      dossier.noteTime(of: moved)
      wish = .move(to: slot)
    }
    let intent = BookingIntent(id: call.trip.id, booking: booking, origin: .web, wish: wish)
    let names = dossier.names
    if case .taken = try await begin(
      BookingBeginning(intent, dossier: dossier.bytes, names: names, slot: slot))
    {
      return try answer(call, asked, refused: rules.words.taken)
    }
    return try await follow(intent, asked, call)
  }

  /// A moving names its patient: it must be the booking's. No unit changes another's.
  private func isAllowed(_ asked: BookingDossier, _ known: BookingDossier) -> Bool {
    (asked.patient == nil || asked.patient == known.patient)
      && (known.unit == nil || asked.unit?.uppercased() == known.unit?.uppercased())
  }

  /// The booking that is meant: one of ours, or one that the hub knows and that nobody has booked here.
  private func known(
    _ asked: BookingDossier, _ call: RIVTACall
  ) throws(RIVTAFault) -> (id: String, dossier: BookingDossier)? {
    do {
      for name in asked.names {
        guard let id = try worker.ledger.booking(named: name) else { continue }
        let file = try worker.ledger.file(id)
        guard file.time != nil || !file.queue.isEmpty else { return nil }
        return BookingDossier(kept: file.dossier).map { (id, $0) }
      }
      return try inHub(asked, call)
    } catch {
      throw RIVTAFault(.producer, "the booking could not be looked for")
    }
  }

  private func inHub(_ asked: BookingDossier, _ call: RIVTACall) throws -> (
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
    let id = dossier.identifier(rules.name) ?? call.trip.id
    dossier.name(rules.name, id)
    return (id, dossier)
  }

  private func freeSlot(_ asked: BookingDossier, _ call: RIVTACall) throws(RIVTAFault) -> String? {
    guard let start = asked.start else { return nil }
    return try FreeTimeFinding(rules: rules.freeTimes, records: records, call: call).slot(beginning: start)
  }

  // MARK: the saga

  private func begin(_ beginning: BookingBeginning) async throws(RIVTAFault) -> BookingBegun {
    for _ in 0..<100 {
      do {
        let begun = try await worker.ledger.begin(beginning)
        worker.drive(beginning.intent.booking)
        return begun
      } catch StoreError.stale {
        continue
      } catch { break }
    }
    throw RIVTAFault(.producer, "the booking could not be kept")
  }

  private func follow(
    _ intent: BookingIntent, _ asked: BookingDossier, _ call: RIVTACall
  ) async throws(RIVTAFault) -> RIVTAAnswer {
    var saga = try await outcome(of: intent, within: call.remaining() - Self.reserve)
    if let late = saga, !late.isConfirmed, !late.isEnded, case .book = intent.wish {
      saga = try await takeBack(intent)
    }
    guard let saga, saga.isConfirmed || saga.isEnded || saga.isTakenBack else {
      throw RIVTAFault(.producer, "it is not yet known what became of it")
    }
    if case .refused(let words) = saga.outcome { return try answer(call, asked, refused: words) }
    let dossier = (try? worker.ledger.file(intent.booking)).flatMap { BookingDossier(kept: $0.dossier) }
    return try answer(call, dossier ?? asked, refused: nil)
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
    for _ in 0..<100 {
      do {
        _ = try await worker.ledger.abandon(intent.id, because: rules.words.late)
        worker.drive(intent.booking)
        return try worker.ledger.saga(intent.id)
      } catch StoreError.stale {
        continue
      } catch { break }
    }
    throw RIVTAFault(.producer, "the booking could not be taken back")
  }

  // MARK: the answer

  private func answer(
    _ call: RIVTACall, _ dossier: BookingDossier, refused words: String?
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
