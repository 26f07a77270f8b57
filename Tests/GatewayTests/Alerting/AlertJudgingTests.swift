import Foundation
import Testing

@testable import Gateway

/// What rules think of figures.
@Suite("An alert's rule")
struct AlertJudgingTests {
  private static let minute: Int64 = 60_000
  /// 21 November 2026, 12:00 in Stockholm, in milliseconds.
  private static let noon: Int64 = 1_795_258_800_000

  private func readings(at time: Int64 = noon, _ change: (inout AlertReadings) -> Void = { _ in })
    -> AlertReadings
  {
    var readings = AlertReadings(time: time, began: Self.noon - 600 * Self.minute)
    change(&readings)
    return readings
  }

  /// Which things are wrong, in order.
  private func wrong(_ condition: AlertRule.Condition, _ readings: AlertReadings...) -> [String: String] {
    var judging = AlertJudging()
    var verdicts: [String: AlertVerdict] = [:]
    for reading in readings { verdicts = judging.verdicts(of: AlertRule("r", condition), on: reading) }
    return verdicts.compactMapValues { if case .wrong(let text) = $0 { text } else { nil } }
  }

  @Test("about a queue finds those that are too deep or too old, and no others")
  func queue() throws {
    let now = readings {
      $0.queues["journal"] = .init(waiting: 11, dead: 0, oldest: Self.noon - 5 * Self.minute)
      $0.queues["npo"] = .init(waiting: 3, dead: 0, oldest: Self.noon - 20 * Self.minute)
      $0.queues["lab"] = .init()
    }
    let both = AlertRule.Condition.queue(target: .all, deeperThan: 10, olderThan: .seconds(900))
    #expect(wrong(both, now) == ["journal": "11 deliveries wait", "npo": "a delivery has waited for 20 min"])
    let one = AlertRule.Condition.queue(
      target: try #require(MappingPattern("npo")), deeperThan: 10, olderThan: nil)
    #expect(wrong(one, now).isEmpty)
  }

  @Test("about failures compares what came within its time, and waits for enough of it")
  func failures() {
    let condition = AlertRule.Condition.failures(
      .messages(.all), moreThan: 0.1, of: 10, within: .seconds(600))
    func at(_ minute: Int64, _ total: Int, _ failed: Int) -> AlertReadings {
      readings(at: Self.noon + minute * Self.minute) {
        $0.messages["a/visit"] = .init(total: total, failed: failed)
      }
    }
    #expect(wrong(condition, at(0, 1000, 0), at(1, 1009, 9)).isEmpty)
    #expect(wrong(condition, at(0, 1000, 0), at(1, 1010, 1)).isEmpty)
    #expect(wrong(condition, at(0, 1000, 0), at(1, 1010, 2)) == ["a/visit": "2 of 10 failed"])
    #expect(wrong(condition, at(0, 1000, 0), at(1, 1010, 2), at(15, 1030, 2)).isEmpty)
    #expect(wrong(condition, at(0, 1000, 0), at(1, 0, 0), at(2, 20, 20)) == ["a/visit": "20 of 20 failed"])
  }

  @Test("about silence counts the hours in which something usually comes, not the night")
  func silence() throws {
    let hours = try #require(DailyHours("07:00-22:00", zone: "Europe/Stockholm"))
    let condition = AlertRule.Condition.silence(
      mapping: .all, named: "*", longerThan: .seconds(7200), hours: hours)
    func silent(from heard: Int64, at time: Int64) -> [String: String] {
      wrong(condition, readings(at: time) { $0.heard["visiba/visit-event"] = heard })
    }
    #expect(silent(from: Self.noon - 119 * Self.minute, at: Self.noon).isEmpty)
    #expect(
      silent(from: Self.noon - 121 * Self.minute, at: Self.noon) == ["*": "nothing has come for 2 h"])
    let morning = Self.noon - 5 * 60 * Self.minute
    #expect(silent(from: morning - 600 * Self.minute, at: morning + 60 * Self.minute).isEmpty)
    #expect(!silent(from: morning - 600 * Self.minute, at: morning + 121 * Self.minute).isEmpty)
    #expect(silent(from: morning - 600 * Self.minute, at: morning - 60 * Self.minute).isEmpty)
    #expect(DailyHours("22:00-07:00", zone: "Europe/Stockholm") == nil)
    #expect(DailyHours("07:00-22:00", zone: "Mars") == nil)
  }

  @Test("about certificates, dead deliveries and the store finds what is wrong with them")
  func others() {
    let soon = AlertRule.Condition.certificate(endsWithin: .seconds(86_400))
    let certificates = readings {
      $0.certificates = ["gateway": Self.noon + 3_600_000, "target a": Self.noon + 90_000_000]
    }
    #expect(wrong(soon, certificates).keys.sorted() == ["gateway"])
    let dead = readings { $0.queues["npo"] = .init(waiting: 0, dead: 2, oldest: nil) }
    #expect(!wrong(.dead(target: .all, moreThan: 1), dead).isEmpty)
    #expect(wrong(.dead(target: .all, moreThan: 2), dead).isEmpty)
    let store = AlertRule.Condition.store(within: .seconds(60))
    func faults(_ number: Int, _ minute: Int64) -> AlertReadings {
      readings(at: Self.noon + minute * Self.minute) { $0.storeFaults = number }
    }
    #expect(wrong(store, faults(0, 0), faults(1, 1)) == ["store": "the store has failed 1 times"])
    #expect(wrong(store, faults(0, 0), faults(1, 1), faults(1, 3)).isEmpty)
    #expect(!wrong(store, readings { $0.isStoreReadable = false }).isEmpty)
  }

  @Test("is remembered from one run to the next, so that a start and its end are told once each")
  func memory() throws {
    let rules = [AlertRule("dead", .dead(target: .all, moreThan: 0), receivers: ["duty"])]
    func dead(_ number: Int, _ minute: Int64) -> AlertReadings {
      readings(at: Self.noon + minute * Self.minute) {
        $0.queues["npo"] = .init(waiting: 0, dead: number, oldest: nil)
      }
    }
    var first = AlertBoard(rules)
    #expect(first.look(at: dead(1, 0)).map(\.notice.isStart) == [true])
    var memory = AlertMemory()
    memory.board = first.memory
    memory.untold = ["duty": first.look(at: dead(1, 0)).map(\.notice)]
    let path = NSTemporaryDirectory() + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: path) }
    try memory.write(to: path)
    var second = AlertBoard(rules, memory: AlertMemory(file: path).board)
    #expect(second.look(at: dead(1, 1)).isEmpty)
    #expect(second.active.map(\.subject) == ["npo"])
    #expect(second.look(at: dead(0, 2)).isEmpty)
    #expect(second.look(at: dead(0, 3)).map(\.notice.isStart) == [false])
    #expect(second.active.isEmpty)
    var other = AlertBoard([], memory: AlertMemory(file: path).board)
    #expect(other.look(at: dead(0, 4)).isEmpty)
    #expect(AlertMemory(file: path + "-missing") == AlertMemory())
  }
}
