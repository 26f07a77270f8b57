import Testing

@testable import Gateway

/// How floods of failures are told and held up.
struct FailureThrottleTests {
  @Test("Tells the first few of a minute, then only counts, and tells how many with the next")
  func telling() {
    var throttle = FailureThrottle()
    let first = (0..<30).map { throttle.note("a", at: Int64($0)) }
    #expect(first.compactMap(\.report) == Array(repeating: 0, count: FailureThrottle.mostTold))
    #expect(first.firstIndex { $0.pause != nil } == FailureThrottle.mostFailures)
    #expect(first.last?.pause == FailureThrottle.window - 29)
    let next = throttle.note("a", at: FailureThrottle.window)
    #expect(next == .init(report: 30 - FailureThrottle.mostTold, pause: nil))
    #expect(throttle.note("a", at: FailureThrottle.window + 1) == .init(report: 0, pause: nil))
  }

  @Test("Counts each address by itself, and a clock that goes back begins anew")
  func addresses() {
    var throttle = FailureThrottle()
    for _ in 0..<100 { _ = throttle.note("a", at: 1000) }
    #expect(throttle.note("b", at: 1000) == .init(report: 0, pause: nil))
    #expect(throttle.note("a", at: 0).pause == nil)
  }

  @Test("Keeps no more addresses than it has room for, and counts all others together")
  func room() {
    var throttle = FailureThrottle()
    let judgements = (0..<5000).map { throttle.note("\($0)", at: 0) }
    #expect(judgements.prefix(4096).allSatisfy { $0 == .init(report: 0, pause: nil) })
    #expect(judgements.last?.report == nil && judgements.last?.pause != nil)
    #expect(throttle.note("new", at: FailureThrottle.window) == .init(report: 0, pause: nil))
  }
}
