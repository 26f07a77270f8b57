import Cryptography
import Foundation
import HTTP

/// Starts a server whose paths say how they answer; every test has its own.
func echoServer(_ change: (inout HTTPConfiguration) -> Void = { _ in }) throws -> HTTPServer {
  var configuration = HTTPConfiguration()
  configuration.drainDeadline = .milliseconds(200)
  // Who is held up by a busy machine is no slow client.
  configuration.headerDeadline = .seconds(30)
  configuration.bodyDeadline = .seconds(3600)
  configuration.minimumBodyBytesPerSecond = 1
  configuration.idleDeadline = .seconds(3600)
  change(&configuration)
  return try HTTPServer(configuration: configuration, handler: echo)
}

@Sendable private func echo(_ request: HTTPRequest, _ reply: HTTPReply) {
  switch request.path {
  case "/later":
    Thread.detachNewThread { reply.send(HTTPResponse(status: 200, body: request.body)) }
  case "/slowly":
    Thread.detachNewThread {
      usleep(300_000)
      reply.send(HTTPResponse(status: 200, body: request.body))
    }
  case "/dropped": break
  case "/twice":
    reply.send(HTTPResponse(status: 200, body: Array("first".utf8)))
    reply.send(HTTPResponse(status: 200, body: Array("second".utf8)))
  case "/length": reply.send(HTTPResponse(status: 200, body: Array("\(request.body.count)".utf8)))
  case "/who": reply.send(HTTPResponse(status: 200, body: Array(request.peer.told.utf8)))
  case "/missing": reply.send(HTTPResponse(status: 404))
  default:
    let query = request.query.map { "\($0.name)=\($0.value)" }.joined(separator: ";")
    let text = "\(request.method) \(request.path) [\(query)] \(String(decoding: request.body, as: UTF8.self))"
    reply.send(
      HTTPResponse(status: 200, headers: [("X-Echo", request.header("x-ask") ?? "-")], body: Array(text.utf8))
    )
  }
}

extension HTTPPeer {
  /// In words: `127.0.0.1 TLS SE2321000016-A001 fingerprint`.
  fileprivate var told: String {
    let name =
      switch identity {
      case .anonymous: "anonymous"
      case .refused(let refusal): "refused: \(refusal.rawValue)"
      case .verified(let certificate): "\(certificate.hsaID ?? "nobody") \(certificate.fingerprint)"
      }
    return "\(address) \(isEncrypted ? "TLS" : "plain") \(name)"
  }
}
