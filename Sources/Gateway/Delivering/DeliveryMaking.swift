import Diagnostics
import Mapping
import Store

/// Makes deliveries of what is in a translator's hub.
struct DeliveryMaking {
  let served: ServedMappings
  let pseudonyms: Pseudonyms

  /// The deliveries of the message that was read last, in the order of routes and their targets.
  /// - Throws: what went wrong in the routes' conditions.
  func deliveries(
    of message: NewMessage, as mapping: Mapping, in translator: Translator, at now: Int64
  ) throws(DiagnosticError) -> [NewDelivery] {
    var deliveries: [NewDelivery] = []
    for routed in try translator.route(mapping) {
      let lane = routed.order.map(pseudonyms.code)
      for destination in routed.route.destinations {
        deliveries.append(delivery(of: message, routed.route, lane, to: destination, in: translator, at: now))
      }
    }
    return deliveries
  }

  private func delivery(
    of message: NewMessage, _ route: Route, _ lane: String?, to destination: Route.Destination,
    in translator: Translator, at now: Int64
  ) -> NewDelivery {
    let key = "\(message.id).\(route.name).\(destination.target)"
    let document = served.document(for: destination, in: translator)
    let fault = document.problem.map {
      NewDelivery.Fault(problem: $0, holdsLane: route.policy.holdsLane)
    }
    return NewDelivery(
      key: key, route: route.name, target: destination.target,
      lane: lane ?? key, contentType: document.contentType,
      body: document.body, created: now, fault: fault)
  }
}

extension DiagnosticError {
  /// Their codes alone, for where the patient's values must not be: `SL0401, SL0402`.
  var codes: String { Set(diagnostics.map(\.code.rawValue)).sorted().joined(separator: ", ") }
}

extension ServedMappings {
  /// The document for a target; when it can't be written there is none, and the problem names what was wrong
  /// by its codes alone, for the values may be the patient's.
  func document(
    for destination: Route.Destination, in translator: Translator
  ) -> (contentType: String, body: [UInt8], problem: String?) {
    guard let name = destination.mapping else { return (HubFormat.json.mediaType, translator.hub(), nil) }
    guard let mapping = mappings[name]?.mapping else {
      return ("application/octet-stream", [], "there is no mapping \(name)")
    }
    do throws(DiagnosticError) {
      return (mapping.mediaType, try translator.write(as: mapping), nil)
    } catch {
      return (mapping.mediaType, [], "\(name) can't write it: \(error.codes)")
    }
  }
}
