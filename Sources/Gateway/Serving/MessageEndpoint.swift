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
  ///   - accept: which of FHIR's formats the client wants the hub in.
  func answer(_ path: String, accept: String?) -> HTTPResponse {
    let parts = path.split(separator: "/", maxSplits: 2).map(String.init)
    do {
      guard let id = parts.first, let stored = try store.message(id) else {
        return .problem(404, "there is no message with this id")
      }
      let view = MessageView(stored: stored, served: current.served, hubFormat: HubFormat(accept: accept))
      return view.answer(parts.dropFirst().first, parts.dropFirst(2).first)
    } catch {
      return .problem(500, "the store can't be read")
    }
  }
}
