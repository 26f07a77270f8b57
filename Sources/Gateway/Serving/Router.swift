import HTTP

/// Which endpoint answers which request.
struct Router: Sendable {
  let receive: ReceiveEndpoint
  let messages: MessageEndpoint
  let health: HealthEndpoint
  var doorkeeper = Doorkeeper.open

  /// - Parameter request: one that the doorkeeper has admitted.
  func handle(_ request: HTTPRequest, _ reply: HTTPReply) {
    let caller = doorkeeper.caller(of: request)
    if let name = request.path.rest(behind: "/in/") {
      guard request.method == "POST" else { return reply.send(.notAllowed("POST")) }
      return receive.handle(request, mapping: name, from: caller, reply)
    }
    guard request.method == "GET" else {
      return reply.send(isKnown(request.path) ? .notAllowed("GET") : .problem(404, "there is nothing here"))
    }
    if let rest = request.path.rest(behind: "/messages/") {
      reply.send(messages.answer(rest, to: caller, accept: request.header("Accept")))
    } else if request.path == "/health" {
      reply.send(health.answer(to: caller))
    } else {
      reply.send(.problem(404, "there is nothing here"))
    }
  }

  private func isKnown(_ path: String) -> Bool { path == "/health" || path.hasPrefix("/messages/") }
}

extension String {
  /// What stands behind a prefix, if it stands there and is not empty.
  fileprivate func rest(behind prefix: String) -> String? {
    hasPrefix(prefix) && count > prefix.count ? String(dropFirst(prefix.count)) : nil
  }
}
