import Dispatch
import Synchronization

/// An HTTP/1.1 client for many threads. One thread of its own drives all requests; connections are kept
/// and used again.
///
/// It sends each request at most once, follows no redirects, and takes nothing from the environment: no
/// proxy, no `.netrc`, no cookies.
public final class HTTPClient: Sendable {
  private let queue: TransferQueue
  private let driver: ClientDriver

  /// Starts the client's thread. Throws ``HTTPClientError/Unsent/engine`` when libcurl does not start.
  public init(configuration: HTTPClientConfiguration = HTTPClientConfiguration()) throws(HTTPClientError) {
    let multi = try MultiHandle(configuration)
    queue = TransferQueue(maximum: configuration.maximumWaiting, waking: multi)
    driver = ClientDriver(configuration, multi: multi, queue: queue)
    driver.start()
  }

  deinit {
    close()
  }

  /// Sends the request and calls the completion exactly once: on the client's thread, where it must not
  /// block, or at once on this one when the request is refused.
  public func send(
    _ request: HTTPClientRequest,
    completion: @escaping @Sendable (Result<HTTPClientAnswer, HTTPClientError>) -> Void
  ) {
    do throws(HTTPClientError) {
      let transfer = Transfer(request, to: try request.origin(), completion: completion)
      if let error = queue.add(transfer) { throw error }
    } catch {
      completion(.failure(error))
    }
  }

  /// Sends the request and waits for its answer.
  ///
  /// For threads that have nothing else to do; not for the client's own, nor for Swift's own pool.
  public func send(_ request: HTTPClientRequest) throws(HTTPClientError) -> HTTPClientAnswer {
    let answered = DispatchSemaphore(value: 0)
    let result = Mutex<Result<HTTPClientAnswer, HTTPClientError>?>(nil)
    send(request) { answer in
      result.withLock { $0 = answer }
      answered.signal()
    }
    answered.wait()
    guard let result = result.withLock({ $0 }) else { throw .unsent(.closed, reason: "the client is closed") }
    return try result.get()
  }

  /// Cancels what is under way, tells everybody, and ends. Waits for the end, unless a completion calls
  /// it; safe to call twice.
  public func close() {
    guard queue.close() else { return }
    driver.awaitEnd()
  }
}
