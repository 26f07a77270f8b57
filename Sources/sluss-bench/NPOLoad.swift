import Dispatch
import Foundation
import HTTP
import Synchronization

/// Keeps so many requests under way at once, each followed by the next as soon as it is answered.
final class NPOLoad: Sendable {
  private struct State {
    var times: [Double] = []
    var failures = 0
    var underWay = 0
    var next = 0
  }

  private let client: HTTPClient
  private let requests: @Sendable (Int) -> HTTPClientRequest
  private let state = Mutex(State())

  init(_ client: HTTPClient, requests: @escaping @Sendable (Int) -> HTTPClientRequest) {
    (self.client, self.requests) = (client, requests)
  }

  /// Answers that were faults, or none.
  var failures: Int { state.withLock { $0.failures } }

  /// How long the answers took, in seconds, from the shortest to the longest.
  func run(_ concurrent: Int, seconds: Double) -> [Double] {
    state.withLock { $0.times = [] }
    let done = DispatchSemaphore(value: 0)
    let end = ContinuousClock.now + .seconds(seconds)
    for _ in 0..<concurrent { send(until: end, done) }
    for _ in 0..<concurrent { done.wait() }
    return state.withLock { $0.times.sorted() }
  }

  private func send(until end: ContinuousClock.Instant, _ done: DispatchSemaphore) {
    let number = state.withLock { state in
      state.next += 1
      return state.next
    }
    let began = ContinuousClock.now
    client.send(requests(number)) { [self] result in
      let now = ContinuousClock.now
      let isAnswered = if case .success(let answer) = result { answer.status == 200 } else { false }
      state.withLock { state in
        state.times.append((now - began) / .seconds(1))
        if !isAnswered { state.failures += 1 }
      }
      if now < end { send(until: end, done) } else { done.signal() }
    }
  }
}
