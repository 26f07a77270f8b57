import Store

/// Makes the document of a delivery anew: from its message, with the mappings that are served and what the hub
/// knows now.
struct DeliveryRemaking: Sendable {
  let translation: MessageTranslation
  let store: any MessageStore

  /// What came of it.
  enum Outcome {
    case document(contentType: String, body: [UInt8])
    /// Why there is none, without patient data.
    case none(problem: String)
  }

  func document(of delivery: StoredDelivery) throws(StoreError) -> Outcome {
    guard let stored = try store.message(delivery.message) else {
      return .none(problem: "the message is no longer kept")
    }
    if stored.isContentGone { return .none(problem: "the message's content is no longer kept") }
    let translated = try translation.translate(stored.message)
    guard translated.record.state == .translated else {
      return .none(problem: "\(stored.message.mapping) can't read it: \(translated.codes)")
    }
    let made = translated.record.deliveries.first {
      $0.route == delivery.route && $0.target == delivery.target
    }
    guard let made else { return .none(problem: "the message no longer goes to this target by this route") }
    if let fault = made.fault { return .none(problem: fault.problem) }
    return .document(contentType: made.contentType, body: made.body)
  }
}
