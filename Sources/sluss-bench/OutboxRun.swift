import Audit
import Foundation
import Store

/// Leads many messages through a store, with a bounded number on their way.
struct OutboxRun {
  let store: any MessageStore & DeliveryStore
  let counter: Counter
  var target = "npo"
  var bodyBytes = 2048
  /// How many patients there are.
  var lanes: UInt64 = 1000
  /// When there is one, each message that is accepted gets an entry.
  var log: AuditLog?
  /// Whether the entries are about patients, who are sealed.
  var isAboutPatients = false

  private static let mostOnTheirWay = 4096
  private static let mostInFlight = 512

  /// Only accepts them; how many a second.
  func accept(_ count: Int) -> Double {
    perSecond(count) { message, done in store.accept(message) { _ in done.signal() } }
  }

  /// Likewise, each when the one before is on disk.
  func acceptOneByOne(_ count: Int) -> Double {
    let began = ContinuousClock.now
    for _ in 0..<count {
      let done = DispatchSemaphore(value: 0)
      store.accept(message()) { _ in done.signal() }
      done.wait()
    }
    return Double(count) / ((ContinuousClock.now - began) / .seconds(1))
  }

  /// Accepts and records them; their deliveries wait.
  func record(_ count: Int) {
    _ = perSecond(count) { message, done in
      store.accept(message) { _ in store.record(translation(message)) { _ in done.signal() } }
    }
  }

  /// Accepts, records, takes and reports them, all at once; how many a second.
  func deliver(_ count: Int) throws -> Double {
    let sender = OutboxSender(store: store, target: target, count: count, mostInFlight: Self.mostInFlight)
    return perSecond(count, sender: sender) { message, _ in
      store.accept(message) { _ in store.record(translation(message)) { _ in sender.wake() } }
    }
  }

  private func perSecond(
    _ count: Int, sender: OutboxSender? = nil, _ start: (NewMessage, DispatchSemaphore) -> Void
  ) -> Double {
    let room = DispatchSemaphore(value: Self.mostOnTheirWay)
    let began = ContinuousClock.now
    sender?.start(room)
    for _ in 0..<count {
      room.wait()
      start(message(), room)
    }
    for _ in 0..<Self.mostOnTheirWay { room.wait() }
    let seconds = (ContinuousClock.now - began) / .seconds(1)
    for _ in 0..<Self.mostOnTheirWay { room.signal() }
    return Double(count) / seconds
  }

  private func message() -> NewMessage {
    let id = "\(counter.next())-\(target)"
    return NewMessage(
      id: id, mapping: "bench", senderKey: id, received: 0, contentType: "application/json",
      body: [UInt8](repeating: 0x20, count: bodyBytes), audit: entries(id))
  }

  private func entries(_ id: String) -> [NewAuditEntry] {
    guard let log else { return [] }
    let event = AuditEvent(
      time: 0, action: .receive, system: "SE2321000016-SYS", route: "bench", message: id,
      resourceKinds: ["Vårdkontakt"], patient: isAboutPatients ? Self.patient : nil)
    return (try? [log.entry(event)]) ?? []
  }

  private static var patient: PatientIdentifier {
    PatientIdentifier(
      system: "http://electronichealth.se/identifier/personnummer",
      value: String(190_000_000_000 + UInt64.random(in: 0..<1000)))
  }

  private func translation(_ message: NewMessage) -> TranslationRecord {
    let patient = UInt64.random(in: 0..<lanes) &* 0x9E37_79B9_7F4A_7C15
    let delivery = NewDelivery(
      key: "\(message.id)/route", route: "route", target: target, lane: String(patient, radix: 36),
      contentType: "application/xml", body: message.body, created: 0)
    return TranslationRecord(
      id: message.id, state: .translated, mappingVersion: "1", deliveries: [delivery])
  }
}
