import CMicroHTTPD

/// One call of the library for one request: header complete, a piece of body, or request complete.
struct HandlerCall {
  let core: ServerCore
  let exchange: Exchange
  let connection: ServedConnection

  func begin(
    _ method: UnsafePointer<CChar>, _ url: UnsafePointer<CChar>, _ version: UnsafePointer<CChar>
  ) -> MHD_Result {
    let fields = HeadReader.fields(of: connection.pointer, method: method, url: url, version: version)
    let head = fields.map {
      RequestHead(method: String(cString: method), version: String(cString: version), fields: $0)
    }
    guard let refusal = core.open(exchange, head) else { return .YES }
    exchange.watch.refuse()
    return queue(refusal, closing: true)
  }

  func append(_ bytes: UnsafeRawBufferPointer) -> MHD_Result {
    guard let refusal = core.append(bytes, to: exchange) else { return .YES }
    exchange.watch.refuse()
    refusal.response.write(to: exchange.watch)
    return .NO
  }

  func finish(_ head: RequestHead) -> MHD_Result {
    if !exchange.wasDispatched { core.dispatch(exchange, head) }
    guard let response = exchange.takeAnswerOrSuspend(connection) else { return .YES }
    core.release(exchange)
    return queue(response, closing: head.contentLength == nil)
  }

  private func queue(_ response: HTTPResponse, closing: Bool) -> MHD_Result {
    exchange.watch.answerLeaves()
    return response.queue(on: connection.pointer, closing: closing) ? .YES : .NO
  }
}
