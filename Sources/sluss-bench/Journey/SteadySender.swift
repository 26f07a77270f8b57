import Foundation
import HTTP
import Synchronization

/// Hands visits in at a steady rate, however fast they are taken.
struct SteadySender {
  let client: HTTPClient
  let events: VisitEvents
  let arrivals: Arrivals
  let port: UInt16

  /// Sends `rate` a second for so many seconds.
  /// - Returns: how many were not accepted.
  func send(rate: Int, seconds: Int) -> Int {
    let run = "steady-\(UInt64.random(in: 0...UInt64.max))"
    let refused = Atomic<Int>(0)
    let ended = DispatchGroup()
    let start = ContinuousClock.now
    for number in 0..<(rate * seconds) {
      let due = start + .nanoseconds(1_000_000_000 / rate * number)
      if due > .now { usleep(UInt32(max(0, (due - .now) / .microseconds(1)))) }
      ended.enter()
      client.send(request(events.event(number, of: run))) { result in
        if let id = Self.id(in: result) {
          arrivals.sent(id, at: due)
        } else {
          refused.add(1, ordering: .relaxed)
        }
        ended.leave()
      }
    }
    ended.wait()
    return refused.load(ordering: .relaxed)
  }

  private func request(_ body: [UInt8]) -> HTTPClientRequest {
    var request = HTTPClientRequest(method: "POST", url: "http://127.0.0.1:\(port)/in/visiba/visit-event")
    request.body = body
    request.policy = HTTPClientPolicy(schemes: [.http], networks: [.loopback])
    return request
  }

  /// `{"id":"…"}`
  private static func id(in result: Result<HTTPClientAnswer, HTTPClientError>) -> String? {
    guard case .success(let answer) = result, answer.status == 202 else { return nil }
    return String(decoding: answer.body, as: UTF8.self).split(separator: "\"").dropFirst(3).first.map(
      String.init)
  }
}
