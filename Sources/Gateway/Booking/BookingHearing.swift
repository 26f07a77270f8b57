import Booking
import Delivery
import Foundation
import Mapping
import Store

/// Hears by deliveries what people have booked, moved or cancelled in a system of their own, and begins the
/// saga that brings it to the others. Where bookings are not made everywhere, what is heard is left alone.
struct BookingHearing: Sink {
  private static let threads = QueueExecutor(label: "sluss-bookings-heard", isConcurrent: true)

  let origin: BookingIntent.Origin
  /// Nil where bookings are not made everywhere.
  let worker: BookingWorker?
  let name: String

  func send(_ outgoing: Outgoing, completion: @escaping @Sendable (SinkOutcome) -> Void) {
    guard let worker, let dossier = BookingDossier(bundle: outgoing.body) else {
      return completion(.delivered)
    }
    let told = dossier.bytes
    Task(executorPreference: Self.threads) { [self] in completion(await hear(told, outgoing.key, worker)) }
  }

  func close() {}

  private func hear(_ told: [UInt8], _ key: String, _ worker: BookingWorker) async -> SinkOutcome {
    do {
      guard let dossier = BookingDossier(kept: told),
        let beginning = try beginning(dossier, key, worker.ledger)
      else { return .delivered }
      _ = try await worker.ledger.begin(beginning)
      worker.drive(beginning.intent.booking)
      return .delivered
    } catch StoreError.stale {
      return .busy(problem: "another saga of the same booking began")
    } catch {
      return .busy(problem: "the store can't be used")
    }
  }

  /// Nil when it says nothing new.
  private func beginning(
    _ told: BookingDossier, _ key: String, _ ledger: BookingLedger
  ) throws -> BookingBeginning? {
    let known = try told.names.lazy.compactMap { try ledger.booking(named: $0) }.first
    let id = known ?? told.identifier(name) ?? Timestamp.identifier(milliseconds: Timestamp.now())
    let file = try ledger.file(id)
    guard let wish = wish(told, file) else { return nil }
    var dossier = BookingDossier(kept: file.dossier) ?? told
    dossier.learn(from: told)
    dossier.name(name, id)
    let intent = BookingIntent(id: key, booking: id, origin: origin, wish: wish)
    return BookingBeginning(intent, dossier: dossier.bytes, names: dossier.names)
  }

  private func wish(_ told: BookingDossier, _ file: BookingFile) -> BookingIntent.Wish? {
    if told.isOver { return file.time == nil ? nil : .cancel }
    guard told.isLive, let slot = told.slot, let patient = told.patient, slot != file.time?.slot else {
      return nil
    }
    return file.time == nil ? .book(BookedTime(slot: slot, patient: patient)) : .move(to: slot)
  }
}
