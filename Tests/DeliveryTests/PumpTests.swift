import Delivery
import Foundation
import Store
import Synchronization
import TestRig
import Testing

@Suite("A pump", .timeLimit(.minutes(60)))
struct PumpTests {
  @Test("sends each delivery once, those of a lane in the order recorded")
  func order() async throws {
    let pumped = try PumpedStore()
    defer { pumped.end() }
    let sink = ScriptedSink { _, _ in .delivered }
    let keys = (0..<120).map { "k\($0)" }
    _ = try await pumped.record(keys.enumerated().map { delivery($1, lane: "patient\($0 % 5)") })
    pumped.pump("journal", sink, atOnce: 8)
    #expect(try await pumped.comes("journal", to: [.delivered: 120]))
    #expect(sink.keys.sorted() == keys.sorted())
    for patient in 0..<5 {
      let own = sink.keys.filter { (Int($0.dropFirst()) ?? 0) % 5 == patient }
      #expect(own == keys.enumerated().filter { $0.offset % 5 == patient }.map(\.element))
    }
  }

  @Test("tries again what a target can't take now, and lets nothing of the lane overtake it")
  func retries() async throws {
    let pumped = try PumpedStore()
    defer { pumped.end() }
    let sink = ScriptedSink { outgoing, attempt in
      outgoing.key == "a" && attempt < 4 ? .busy(problem: "503") : .delivered
    }
    _ = try await pumped.record([delivery("a", lane: "p"), delivery("b", lane: "p")])
    pumped.pump("journal", sink)
    #expect(try await pumped.comes("journal", to: [.delivered: 2]))
    #expect(sink.keys == ["a", "a", "a", "a", "b"])
  }

  @Test("gives up at once what is refused; the lane waits for a person, who may skip it")
  func refused() async throws {
    let pumped = try PumpedStore()
    defer { pumped.end() }
    let sink = ScriptedSink { outgoing, _ in
      outgoing.key == "a" ? .refused(problem: "400") : .delivered
    }
    let numbers = try await pumped.record([
      delivery("a", lane: "p"), delivery("b", lane: "p"), delivery("c", lane: "q"),
    ])
    let pump = pumped.pump("journal", sink)
    #expect(try await pumped.comes("journal", to: [.dead: 1, .waiting: 1, .delivered: 1]))
    #expect(try pumped.store.delivery(numbers[0])?.holdsLane == true)
    await withCheckedContinuation { waiter in
      pumped.store.intervene(.skip(reason: "told by telephone"), on: numbers[0], time: 0) { _ in
        waiter.resume()
      }
    }
    pump.wake()
    #expect(try await pumped.comes("journal", to: [.skipped: 1, .delivered: 2]))
  }

  @Test("goes on with the lane when the route lets the dead step aside")
  func stepsAside() async throws {
    let pumped = try PumpedStore()
    defer { pumped.end() }
    let sink = ScriptedSink { outgoing, _ in outgoing.key == "a" ? .refused(problem: "400") : .delivered }
    _ = try await pumped.record([delivery("a", lane: "p"), delivery("b", lane: "p")])
    pumped.pump("journal", sink, terms: TestTerms(holdsLane: false))
    #expect(try await pumped.comes("journal", to: [.dead: 1, .delivered: 1]))
  }

  @Test("gives up after the route's attempts")
  func attempts() async throws {
    let pumped = try PumpedStore()
    defer { pumped.end() }
    let sink = ScriptedSink { _, _ in .busy(problem: "503") }
    _ = try await pumped.record([delivery("a")])
    pumped.pump("journal", sink, terms: TestTerms(mostAttempts: 3))
    #expect(try await pumped.comes("journal", to: [.dead: 1]))
    #expect(sink.keys.count == 3)
  }

  @Test("gives up after the route's time, but never before the third attempt, whatever the clock does")
  func clockJumps() async throws {
    let pumped = try PumpedStore()
    defer { pumped.end() }
    let sink = ScriptedSink { _, attempt in attempt < 3 ? .busy(problem: "503") : .delivered }
    _ = try await pumped.record([delivery("a")])
    let days = Int64(10 * 86_400_000)
    let wall: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970 * 1000) + days }
    pumped.pump("journal", sink, clock: SteadyClock(wall: wall, ticks: wall))
    #expect(try await pumped.comes("journal", to: [.delivered: 1]))
  }

  @Test("a clock that leaps ahead makes nothing old, however often a target that is down was asked")
  func leap() async throws {
    let pumped = try PumpedStore()
    defer { pumped.end() }
    let real: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970 * 1000) }
    let ahead = Atomic<Int64>(0)
    let sink = ScriptedSink { _, attempt in
      if attempt == 4 { ahead.store(365 * 86_400_000, ordering: .relaxed) }
      return attempt < 12 ? .busy(problem: "503") : .delivered
    }
    let clock = SteadyClock(wall: { real() + ahead.load(ordering: .relaxed) }, ticks: real)
    _ = try await pumped.record([delivery("a")])
    pumped.pump("journal", sink, terms: TestTerms(giveUpAfter: .seconds(600)), clock: clock)
    #expect(try await pumped.comes("journal", to: [.delivered: 1]))
    #expect(sink.keys.count == 12)
  }

  @Test("what is really older than the route's time is given up, once its target had an hour of this run")
  func age() async throws {
    let pumped = try PumpedStore()
    defer { pumped.end() }
    let real: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970 * 1000) }
    let passed = Atomic<Int64>(0)
    let sink = ScriptedSink { _, attempt in
      if attempt == 8 { passed.store(3_600_000, ordering: .relaxed) }
      return .busy(problem: "503")
    }
    let time: @Sendable () -> Int64 = { real() + passed.load(ordering: .relaxed) }
    let clock = SteadyClock(wall: time, ticks: time)
    let old = NewDelivery(
      key: "a", route: "visits", target: "journal", lane: "a", contentType: "text/plain", body: [1],
      created: real() - 5 * 86_400_000)
    _ = try await pumped.record([old])
    pumped.pump("journal", sink, terms: TestTerms(giveUpAfter: .seconds(72 * 3600)), clock: clock)
    #expect(try await pumped.comes("journal", to: [.dead: 1]))
    #expect(sink.keys.count == 8)
  }

  @Test("sends what is due though somebody has set the clock back")
  func clockSetBack() async throws {
    let pumped = try PumpedStore()
    defer { pumped.end() }
    let real: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970 * 1000) }
    let back = Atomic<Int64>(0)
    let sink = ScriptedSink { _, attempt in
      back.store(86_400_000, ordering: .relaxed)
      return attempt < 3 ? .busy(problem: "503") : .delivered
    }
    let clock = SteadyClock(wall: { real() - back.load(ordering: .relaxed) }, ticks: real)
    _ = try await pumped.record([delivery("a")])
    pumped.pump("journal", sink, clock: clock)
    #expect(try await pumped.comes("journal", to: [.delivered: 1]))
  }

  @Test("holds everything back while nobody answers, uses up no attempts, and goes on when somebody does")
  func outage() async throws {
    let pumped = try PumpedStore()
    defer { pumped.end() }
    let isUp = Atomic(false)
    let sink = ScriptedSink { _, _ in
      isUp.load(ordering: .relaxed) ? .delivered : .unanswered(problem: "connection refused")
    }
    _ = try await pumped.record((0..<40).map { delivery("k\($0)") })
    let time = HandClock()
    let pump = pumped.pump(
      "journal", sink, terms: TestTerms(mostAttempts: 5), atOnce: 1, clock: time.clock)
    #expect(await comesTrue { pump.isDown })
    let attemptsDown = sink.keys.count
    try await Task.sleep(for: .milliseconds(300))
    #expect(sink.keys.count == attemptsDown)
    isUp.store(true, ordering: .relaxed)
    time.pass(120_000)
    pump.wake()
    #expect(try await pumped.comes("journal", to: [.delivered: 40]))
    #expect(!pump.isDown)
  }

  @Test("stops though a target never answers; what was under way is sent again by the next, with its key")
  func hanging() async throws {
    let pumped = try PumpedStore()
    defer { pumped.end() }
    _ = try await pumped.record([delivery("a", lane: "p"), delivery("b", lane: "p")])
    let hanging = ScriptedSink { _, _ in nil }
    let pump = pumped.pump("journal", hanging)
    #expect(await comesTrue { !hanging.keys.isEmpty })
    pump.stop(grace: .milliseconds(50))
    #expect(hanging.keys == ["a"])
    let next = ScriptedSink { _, _ in .delivered }
    pumped.pump("journal", next)
    #expect(try await pumped.comes("journal", to: [.delivered: 2]))
    #expect(next.keys == ["a", "b"])
  }
}
