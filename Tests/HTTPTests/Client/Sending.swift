import Foundation
import HTTP
import Synchronization

extension HTTPClient {
  /// Sends and waits for what comes of it.
  func answer(_ request: HTTPClientRequest) throws -> HTTPClientAnswer {
    try answers([request])[0].get()
  }

  /// Sends all at once and waits for what comes of each, in their order.
  func answers(_ requests: [HTTPClientRequest]) throws -> [Result<HTTPClientAnswer, HTTPClientError>] {
    let pending = Pending(count: requests.count)
    for (index, request) in requests.enumerated() { send(request) { pending.complete(index, $0) } }
    return try pending.wait()
  }
}

/// Results that arrive on other threads.
final class Pending: Sendable {
  private let results: Mutex<[Result<HTTPClientAnswer, HTTPClientError>?]>
  private let arrived = DispatchSemaphore(value: 0)

  init(count: Int) {
    results = Mutex(Array(repeating: nil, count: count))
  }

  func complete(_ index: Int, _ result: Result<HTTPClientAnswer, HTTPClientError>) {
    results.withLock { results in
      precondition(results[index] == nil, "a completion was called twice")
      results[index] = result
    }
    arrived.signal()
  }

  /// All of them; throws when some have not come within five minutes.
  func wait() throws -> [Result<HTTPClientAnswer, HTTPClientError>] {
    for _ in 0..<results.withLock({ $0.count }) {
      guard arrived.wait(timeout: .now() + 300) == .success else { throw POSIXError(.ETIMEDOUT) }
    }
    return results.withLock { $0.compactMap(\.self) }
  }
}

extension HTTPClientRequest {
  /// A request that may go to this machine without encryption.
  static func local(
    _ method: String, _ url: String, headers: [(name: String, value: String)] = [], body: String = ""
  ) -> HTTPClientRequest {
    var request = HTTPClientRequest(method: method, url: url, headers: headers, body: Array(body.utf8))
    request.policy = HTTPClientPolicy(schemes: [.http, .https], networks: [.loopback])
    (request.connectLimit, request.limit) = (.seconds(300), .seconds(300))
    return request
  }

  static func local(_ url: String, headers: [(name: String, value: String)] = []) -> HTTPClientRequest {
    local("GET", url, headers: headers)
  }
}

extension Result where Success == HTTPClientAnswer, Failure == HTTPClientError {
  var status: Int? { try? get().status }

  var unsent: HTTPClientError.Unsent? {
    if case .failure(.unsent(let kind, _)) = self { kind } else { nil }
  }

  var uncertain: HTTPClientError.Uncertain? {
    if case .failure(.uncertain(let kind, _)) = self { kind } else { nil }
  }

  var reason: String? {
    switch self {
    case .failure(.unsent(_, let reason)), .failure(.uncertain(_, let reason)): reason
    case .success: nil
    }
  }
}
