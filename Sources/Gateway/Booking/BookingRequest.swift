import Booking
import Store

/// One request to book, move or cancel.
struct BookingRequest {
  let service: BookingRules.Service
  let rules: BookingRules
  /// The system of the identifiers that bookings get here.
  let name: String
  let records: PatientRecords
  let worker: BookingWorker
  let call: RIVTACall

  func answer() async throws(RIVTAFault) -> RIVTAAnswer {
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
    case .book: return try await book(asked)
    case .move: return try await change(asked, isMoving: true)
    case .cancel: return try await change(asked, isMoving: false)
    }
  }

  // MARK: wishes

  private func book(_ asked: BookingDossier) async throws(RIVTAFault) -> RIVTAAnswer {
    guard let slot = try freeSlot(asked) else {
      return try answer(asked, refused: rules.words.taken)
    }
    var dossier = asked
    let booking = call.trip.id
    dossier.name(name, booking)
    dossier.take(slot: slot)
    let time = BookedTime(slot: slot, patient: asked.patient ?? "")
    let intent = BookingIntent(id: call.trip.id, booking: booking, origin: .web, wish: .book(time))
    let beginning = BookingBeginning(intent, dossier: dossier.bytes, names: dossier.names, slot: slot)
    switch try await begin(beginning) {
    case .begun, .known: return try await follow(intent, asked)
    case .taken(let owner): return try await sameAgain(owner, time, asked)
    }
  }

  /// The same patient asks for the same time once more, as after an answer that got lost: it is the same
  /// booking.
  private func sameAgain(
    _ owner: String, _ time: BookedTime, _ asked: BookingDossier
  ) async throws(RIVTAFault) -> RIVTAAnswer {
    guard let file = try? worker.ledger.file(owner),
      BookingDossier(kept: file.dossier)?.patient == time.patient
    else { return try answer(asked, refused: rules.words.taken) }
    if let first = file.queue.first, let saga = try? worker.ledger.saga(first),
      saga.intent.wish == .book(time)
    {
      return try await follow(saga.intent, asked)
    }
    guard file.time == time, let dossier = BookingDossier(kept: file.dossier) else {
      return try answer(asked, refused: rules.words.taken)
    }
    return try answer(dossier, refused: nil)
  }

  private func change(
    _ asked: BookingDossier, isMoving: Bool
  ) async throws(RIVTAFault) -> RIVTAAnswer {
    guard let (booking, known) = try known(asked), isAllowed(asked, known) else {
      return try answer(asked, refused: rules.words.missing)
    }
    var dossier = known
    dossier.adopt(from: asked)
    var wish = BookingIntent.Wish.cancel
    var slot: String?
    if isMoving {
      slot = try freeSlot(asked)
      guard let slot else { return try answer(asked, refused: rules.words.taken) }
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
      return try answer(asked, refused: rules.words.taken)
    }
    return try await follow(intent, asked)
  }

  /// A moving names its patient: it must be the booking's. No unit changes another's.
  private func isAllowed(_ asked: BookingDossier, _ known: BookingDossier) -> Bool {
    (asked.patient == nil || asked.patient == known.patient)
      && (known.unit == nil || asked.unit?.uppercased() == known.unit?.uppercased())
  }

  private func freeSlot(_ asked: BookingDossier) throws(RIVTAFault) -> String? {
    guard let start = asked.start else { return nil }
    return try FreeTimeFinding(rules: rules.freeTimes, records: records, call: call).slot(beginning: start)
  }
}
