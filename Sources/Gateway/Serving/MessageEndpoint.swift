import HTTP
import Store

/// `GET /messages/{id}`, and below it `/raw`, `/hub` and `/as/{mapping}`: what became of a message.
///
/// Translations are made anew, with the mappings that are served when the request comes.
struct MessageEndpoint: Sendable {
  let current: CurrentMappings
  let store: any MessageStore

  /// - Parameters:
  ///   - path: what stands behind `/messages/`.
  ///   - caller: who asks; of a mapping whose messages they may not see they learn nothing.
  ///   - accept: which of FHIR's formats the client wants the hub in.
  func answer(_ path: String, to caller: Caller, accept: String?) -> HTTPResponse {
    let parts = path.split(separator: "/", maxSplits: 2).map(String.init)
    do {
      guard let id = parts.first, let stored = try store.message(id) else {
        return .problem(404, "there is no message with this id")
      }
      let mapping = stored.message.mapping
      let right: Right = parts.count > 1 ? .seeBodies : .see
      guard caller.may(right, on: mapping) else { return .refused(.notAllowed(right)) }
      let view = MessageView(
        stored: stored, served: current.served, hubFormat: HubFormat(accept: accept),
        showsBody: caller.may(.seeBodies, on: mapping))
      return view.answer(parts.dropFirst().first, parts.dropFirst(2).first)
    } catch {
      return .problem(500, "the store can't be read")
    }
  }
}
