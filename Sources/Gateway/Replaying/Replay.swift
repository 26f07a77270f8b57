import Cryptography
import Store

/// Translates stored messages again, with the mappings that are served now, and finds out what that changes.
///
/// What a target has already is not sent again unless the document is another now. A corrected document gets a
/// key made from its content: replaying twice sends it once.
struct Replay {
  let wish: ReplayWish
  let translation: MessageTranslation
  let store: any MessageStore & DeliveryStore

  /// What is to be done about one message.
  struct Plan {
    /// The message, and the pseudonym of whom it is about; `nil` for nobody.
    var message: NewMessage?
    var patient: [UInt8]?
    /// What is to be recorded; `nil` for nothing.
    var record: TranslationRecord?
    /// Deliveries that get a new document, and whether they are dead.
    var edits: [(delivery: StoredDelivery, new: NewDelivery)] = []
    var count = ReplayCount()
  }

  func plan(_ id: String) throws(StoreError) -> Plan {
    var plan = Plan()
    guard let stored = try store.message(id) else { return plan }
    plan.count.messages = 1
    plan.message = stored.message
    guard stored.state != .skipped else {
      plan.count.unchanged += 1
      return plan
    }
    guard !stored.isContentGone else {
      plan.count.removed = 1
      return plan
    }
    let record = try translation.translate(stored.message).record
    guard record.state == .translated else {
      plan.count.failed = 1
      if stored.state == .failed { plan.record = record }
      return plan
    }
    plan.patient = record.deliveries.lazy.compactMap(\.patient).first
    let deliveries = try changed(record.deliveries.filter(isWanted), of: id, &plan)
    plan.record = TranslationRecord(
      id: record.id, state: record.state, diagnostics: record.diagnostics,
      mappingVersion: record.mappingVersion,
      deliveries: deliveries, hub: record.hub, billing: record.billing, audit: record.audit,
      kept: record.kept, marks: record.marks)
    return plan
  }

  private func isWanted(_ delivery: NewDelivery) -> Bool {
    (wish.route == nil || wish.route == delivery.route)
      && (wish.target == nil || wish.target == delivery.target)
  }

  /// Those that are to be added; what else is to be done is put into the plan.
  private func changed(
    _ new: [NewDelivery], of id: String, _ plan: inout Plan
  ) throws(StoreError) -> [NewDelivery] {
    let earlier = try store.deliveries(ofMessage: id)
    var added: [NewDelivery] = []
    for delivery in new {
      let before = earlier.filter { $0.route == delivery.route && $0.target == delivery.target }
      switch try change(of: delivery, after: before) {
      case .none: plan.count.unchanged += 1
      case .edit(let last):
        plan.count.edited += 1
        plan.edits.append((last, delivery))
      case .add(let delivery, let isCorrection):
        if isCorrection { plan.count.corrected += 1 } else { plan.count.made += 1 }
        added.append(delivery)
      }
    }
    return added
  }

  private enum Change {
    case none
    case edit(StoredDelivery)
    case add(NewDelivery, isCorrection: Bool)
  }

  /// - Parameter before: what came of the message on the same way, in the order recorded.
  private func change(of new: NewDelivery, after before: [StoredDelivery]) throws(StoreError) -> Change {
    guard let last = before.last else { return .add(new, isCorrection: false) }
    guard new.fault == nil, last.state != .skipped else { return .none }
    let isSame = try store.bodies(ofDelivery: last.number).last?.bytes == new.body
    if last.state != .delivered { return isSame ? .none : .edit(last) }
    guard let suffix = isSame ? wish.again : String(SHA256.digest(of: new.body).hexadecimal.prefix(16)) else {
      return .none
    }
    let again = new.with(keySuffix: suffix)
    return before.contains { $0.key == again.key } ? .none : .add(again, isCorrection: !isSame)
  }
}

extension NewDelivery {
  fileprivate func with(keySuffix: String) -> NewDelivery {
    NewDelivery(
      key: "\(key).\(keySuffix)", route: route, target: target, lane: lane, contentType: contentType,
      body: body, created: created, due: due, fault: fault, patient: patient)
  }
}
