import HTTP
import Mapping

/// `POST /in/{mapping}`: takes a message in and answers when it is committed.
struct ReceiveEndpoint: Sendable {
  private let intake: Intake

  init(_ intake: Intake) {
    self.intake = intake
  }

  func handle(_ request: HTTPRequest, mapping name: String, from caller: Caller, _ reply: HTTPReply) {
    guard caller.may(.push, on: name) else { return reply.send(.refused(.notAllowed(.push))) }
    let served = intake.current.served
    guard let entry = served.mappings[name] else { return reply.send(.noMapping(name, among: served)) }
    // Whatever its rights say: nobody else's word counts for what Sluss itself has done.
    guard !entry.mapping.isOwn else { return reply.send(.refused(.notAllowed(.push))) }
    let key = { (found: String?) in caller.key(found ?? request.header("Idempotency-Key")) }
    intake.take(request.body, entry, of: served, key: key) { reply.send(HTTPResponse($0)) }
  }
}

extension HTTPResponse {
  fileprivate init(_ outcome: Intake.Outcome) {
    self =
      switch outcome {
      case .accepted(let id): .accepted(id, status: 202)
      case .repeated(let id): .accepted(id, status: 200)
      case .conflict(let id): .problem(422, "another message with this id was received before", id: id)
      case .refused(let diagnostics, let id): .refused(diagnostics, id: id)
      case .overloaded: .overloaded
      case .notStored: .notStored
      }
  }

  private static func accepted(_ id: String, status: Int) -> HTTPResponse {
    let repeated = status == 200 ? ",\"repeated\":true" : ""
    return .json(
      status, "{\"id\":\"\(id)\"\(repeated)}", headers: [(name: "Location", value: "/messages/\(id)")])
  }
}
