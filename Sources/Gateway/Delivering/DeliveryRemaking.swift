import Diagnostics
import Mapping
import Store

/// Makes the document of a delivery anew, from its message and with the mappings that are served now.
struct DeliveryRemaking: Sendable {
  let current: CurrentMappings
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
    let (message, served) = (stored.message, current.served)
    guard let entry = served.mappings[message.mapping] else {
      return .none(problem: "there is no mapping \(message.mapping)")
    }
    let routes = entry.mapping.routes.filter { $0.name == delivery.route }
    guard let destination = routes.flatMap(\.destinations).first(where: { $0.target == delivery.target })
    else {
      return .none(problem: "the route no longer goes from \(message.mapping) to this target")
    }
    return served.translators.lend { translator in
      do throws(DiagnosticError) {
        try translator.read(message.body, as: entry.mapping, named: message.id, receipt: message.receipt)
      } catch {
        return .none(problem: "\(message.mapping) can't read it: \(error.codes)")
      }
      let document = served.document(for: destination, in: translator)
      if let problem = document.problem { return .none(problem: problem) }
      return .document(contentType: document.contentType, body: document.body)
    }
  }
}
