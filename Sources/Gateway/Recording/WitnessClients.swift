import Audit
import HTTP

/// A witness that is asked over HTTP, as `sluss.yaml` says.
public struct WitnessConfiguration: Sendable, Equatable {
  /// The witness's public key, as C2SP signed-note writes it.
  public let key: String
  /// Where it is; its paths come behind the address.
  public let target: HTTPTarget
}

/// The witnesses that are asked over HTTP, by one client.
struct WitnessClients: Sendable {
  private static let limit = Duration.seconds(10)

  let witnesses: [HTTPWitness]
  private let client: HTTPClient?

  /// - Throws: ``AuditError`` for what is no key of a witness, or `HTTPClientError`.
  init(_ configured: [String: WitnessConfiguration]) throws {
    guard !configured.isEmpty else {
      (witnesses, client) = ([], nil)
      return
    }
    let client = try HTTPClient()
    witnesses = try configured.sorted { $0.key < $1.key }.map { name, witness in
      guard let key = NoteKey(witness.key), key.kind == .cosignature else {
        throw AuditError.witness(name: name, reason: "`key` is no public key of a witness")
      }
      return HTTPWitness(key: key) { path, body in
        try await Self.post(body, to: path, witness.target, client)
      }
    }
    self.client = client
  }

  func close() { client?.close() }

  private static func post(
    _ body: [UInt8], to path: String, _ target: HTTPTarget, _ client: HTTPClient
  ) async throws -> (status: Int, body: [UInt8]) {
    var request = target.request
    while request.url.hasSuffix("/") { request.url.removeLast() }
    request.url += path
    request.limit = limit
    request.headers.append((name: "Content-Type", value: "text/plain; charset=utf-8"))
    if let token = target.token {
      guard let value = token.value() else { throw Unreadable() }
      request.headers.append((name: "Authorization", value: "Bearer \(value)"))
    }
    request.body = body
    let sent = request
    let answer = try await withCheckedThrowingContinuation { waiter in
      client.send(sent) { waiter.resume(with: $0) }
    }
    return (answer.status, answer.body)
  }

  /// The witness's secret can't be read.
  private struct Unreadable: Error {}
}
