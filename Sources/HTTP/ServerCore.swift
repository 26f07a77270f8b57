import CMicroHTTPD
import Cryptography
import Foundation
import Synchronization

/// What the library's callbacks work on.
final class ServerCore: Sendable {
  let configuration: HTTPConfiguration
  let watchdog = Watchdog()
  private let handler: @Sendable (HTTPRequest, HTTPReply) -> Void
  private let admit: @Sendable (HTTPRequest) -> HTTPResponse?
  private let gate: Gate
  private let deadlines: Deadlines
  private let budget: BodyBudget
  private let isDraining = Atomic<Bool>(false)

  init(
    _ configuration: HTTPConfiguration, admit: @escaping @Sendable (HTTPRequest) -> HTTPResponse?,
    handler: @escaping @Sendable (HTTPRequest, HTTPReply) -> Void
  ) {
    self.configuration = configuration
    self.admit = admit
    self.handler = handler
    gate = Gate(maximumBodyBytes: configuration.maximumBodyBytes)
    deadlines = Deadlines(configuration)
    budget = BodyBudget(limit: configuration.maximumBodyBytesInMemory)
  }

  /// From now on new requests get 503.
  func drain() {
    isDraining.store(true, ordering: .sequentiallyConsistent)
  }

  func watch(_ connection: OpaquePointer) -> ConnectionWatch {
    let line = Line(connection, configuration.tls)
    let watch = ConnectionWatch(socket: sluss_mhd_socket(connection), line: line, deadlines: deadlines)
    watchdog.add(watch)
    return watch
  }

  /// The header is here. Says why the request may not go on.
  func open(_ exchange: Exchange, _ head: RequestHead?) -> HTTPResponse? {
    guard var head else { return Refusal.malformedLines.response }
    if let refusal = gate.check(&head) { return refusal.response }
    guard let target = exchange.target else { return Refusal.malformedTarget.response }
    head.target = target
    head.trimValues()
    if let refusal = admit(request(head, exchange, body: [])) { return refusal }
    guard budget.hasRoom(for: head.contentLength ?? 0) else { return Refusal.memoryExhausted.response }
    exchange.body.reserveCapacity(head.contentLength ?? 0)
    exchange.head = head
    exchange.watch.headerArrived()
    return nil
  }

  /// A piece of the body is here. Says why the request may not go on.
  func append(_ bytes: UnsafeRawBufferPointer, to exchange: Exchange) -> Refusal? {
    guard exchange.body.count + bytes.count <= configuration.maximumBodyBytes else { return .bodyTooLong }
    guard budget.take(bytes.count) else { return .memoryExhausted }
    exchange.taken += bytes.count
    exchange.body.append(contentsOf: bytes)
    exchange.watch.bodyGrew(to: exchange.body.count)
    return nil
  }

  /// The request is complete: the handler's turn.
  func dispatch(_ exchange: Exchange, _ head: RequestHead) {
    exchange.wasDispatched = true
    exchange.watch.requestArrived(exchange)
    guard !isDraining.load(ordering: .sequentiallyConsistent) else { return exchange.answer(.stopping) }
    handler(request(head, exchange, body: exchange.takeBody()), HTTPReply(exchange))
  }

  private func request(_ head: RequestHead, _ exchange: Exchange, body: [UInt8]) -> HTTPRequest {
    HTTPRequest(
      method: head.method, path: head.target.path, query: head.target.query, headers: head.fields, body: body,
      peer: exchange.watch.line.peer)
  }

  /// The answer is here: the request's body is nobody's any more.
  func release(_ exchange: Exchange) {
    budget.release(exchange.taken)
    exchange.taken = 0
  }

  func close(_ exchange: Exchange) {
    exchange.end()
    release(exchange)
    exchange.watch.requestOver()
  }
}
