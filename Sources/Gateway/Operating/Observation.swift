import Delivery
import Store
import Synchronization

/// Counts what happens and tells what somebody should know; a store that fails is told of once a minute.
final class Observation: Sendable {
  private static let quiet: Int64 = 60_000

  let figures = Figures()
  private let tell: @Sendable (GatewayEvent) -> Void
  private let lastStoreFault = Mutex<Int64>(-quiet)

  init(_ tell: @escaping @Sendable (GatewayEvent) -> Void) {
    self.tell = tell
  }

  func note(_ report: MappingsReport) { tell(.mappings(report)) }

  func note(_ event: DeliveryEvent) {
    switch event {
    case .attempted(let attempt): note(attempt)
    case .down(let target, let problem): tell(.targetDown(target: target, problem: problem))
    case .up(let target): tell(.targetUp(target: target))
    case .unreported: noteStoreFault()
    }
  }

  func note(_ event: TranslationEvent) {
    switch event {
    case .unrecorded: noteStoreFault()
    case .recorded(let translated, let receipts): note(translated, receipts)
    }
  }

  private func note(_ attempt: DeliveryEvent.Attempt) {
    switch attempt.end {
    case .delivered:
      figures.count(.attempts, attempt.target, attempt.route, "delivered")
      figures.delivery(attempt.target, seconds: Double(attempt.age) / 1000)
    case .retried: figures.count(.attempts, attempt.target, attempt.route, "retried")
    case .dead(let problem):
      figures.count(.attempts, attempt.target, attempt.route, "dead")
      tell(
        .deliveryDead(
          number: attempt.number, message: attempt.message, route: attempt.route, target: attempt.target,
          problem: problem))
    }
  }

  private func note(_ translated: TranslatedMessage, _ receipts: [DeliveryReceipt]) {
    let (record, mapping) = (translated.record, translated.message.mapping)
    // Names that no mapping has ever had could be any number.
    let name = record.mappingVersion == nil ? "" : mapping
    figures.count(.translated, name, record.state == .translated ? "translated" : "failed")
    figures.translation(name, seconds: translated.duration / .seconds(1))
    if record.state == .failed {
      tell(.messageFailed(id: record.id, mapping: mapping, codes: translated.codes))
    } else if !translated.codes.isEmpty {
      tell(.visitUnpriced(message: record.id, codes: translated.codes))
    }
    for (delivery, receipt) in zip(record.deliveries, receipts) {
      guard let fault = delivery.fault, case .added(let number) = receipt else { continue }
      tell(
        .deliveryDead(
          number: number, message: record.id, route: delivery.route, target: delivery.target,
          problem: fault.problem))
    }
  }

  private func noteStoreFault() {
    figures.count(.storeFaults)
    let now = Timestamp.ticks()
    let isNews = lastStoreFault.withLock { last in
      guard now - last >= Self.quiet else { return false }
      last = now
      return true
    }
    if isNews { tell(.storeFailing) }
  }
}
