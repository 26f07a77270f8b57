import Store
import TestRig
import Testing

@testable import Gateway

/// When alerts begin and end, by a clock that the tests turn.
@Suite("An alert")
struct AlertStateTests {
  private func rule(lasting: Int = 0, calm: Int = 0, pause: Int = 0) -> AlertRule {
    var rule = AlertRule("r", .dead(target: .all, moreThan: 0))
    (rule.lasting, rule.calm, rule.pause) = (.seconds(lasting), .seconds(calm), .seconds(pause))
    return rule
  }

  /// The changes that verdicts at seconds bring: `w` wrong, `o` well, `?` unknown.
  private func changes(_ verdicts: String, _ rule: AlertRule, every step: Int64 = 1000) -> [String] {
    var state = AlertState()
    return verdicts.enumerated().map { index, letter in
      let verdict: AlertVerdict = letter == "w" ? .wrong("x") : letter == "o" ? .well : .unknown
      switch state.take(verdict, at: Int64(index) * step, rule) {
      case nil: return "-"
      case .started(let since, _): return "start \(since / 1000)"
      case .ended(let since): return "end \(since / 1000)"
      }
    }
  }

  @Test("is told once when it begins and once when it ends")
  func once() {
    #expect(changes("owwwoo", rule()) == ["-", "start 1", "-", "-", "end 1", "-"])
  }

  @Test("is not told before it has lasted for long enough, nor ended before all is well for long enough")
  func lasting() {
    #expect(changes("wwoww", rule(lasting: 2)) == ["-", "-", "-", "-", "-"])
    #expect(changes("www", rule(lasting: 2)) == ["-", "-", "start 0"])
    #expect(changes("wowooo", rule(calm: 2)) == ["start 0", "-", "-", "-", "-", "end 0"])
  }

  @Test("does not begin again too soon after its end, but then it does")
  func pause() {
    #expect(
      changes("wowwww", rule(pause: 3)) == ["start 0", "end 0", "-", "-", "start 2", "-"])
  }

  @Test("stays as it is while nothing can be said")
  func unknown() {
    #expect(changes("w??o", rule()) == ["start 0", "-", "-", "end 0"])
    #expect(changes("o??w", rule()) == ["-", "-", "-", "start 3"])
  }

  @Test("keeps its promises whatever comes, by chance", arguments: 0..<200)
  func property(seed: Int) {
    var chance = Seeded(seed: UInt64(seed))
    let rule = rule(
      lasting: Int(chance.next() % 4), calm: Int(chance.next() % 4), pause: Int(chance.next() % 8))
    var (state, time, since) = (AlertState(), Int64(0), (wrong: Int64?.none, well: Int64?.none))
    var (isOn, lastEnd) = (false, Int64?.none)
    for _ in 0..<300 {
      time += Int64(chance.next() % 1500)
      let verdict: AlertVerdict = [.well, .wrong("x"), .wrong("x"), .well, .unknown][Int(chance.next() % 5)]
      switch verdict {
      case .wrong: since = (since.wrong ?? time, nil)
      case .well: since = (nil, since.well ?? time)
      case .unknown: break
      }
      switch state.take(verdict, at: time, rule) {
      case .started(let told, _):
        #expect(!isOn && told == since.wrong)
        #expect(time - told >= rule.lasting.wholeMilliseconds)
        #expect(lastEnd.map { time - $0 >= rule.pause.wholeMilliseconds } ?? true)
        isOn = true
      case .ended:
        #expect(isOn && since.well.map { time - $0 >= rule.calm.wholeMilliseconds } == true)
        (isOn, lastEnd) = (false, time)
      case nil:
        guard let wrong = since.wrong, verdict != .unknown, !isOn else { break }
        let isHeldBack = lastEnd.map { time - $0 < rule.pause.wholeMilliseconds } ?? false
        #expect(time - wrong < rule.lasting.wholeMilliseconds || isHeldBack)
      }
      if isOn, verdict == .well, let well = since.well {
        #expect(time - well < rule.calm.wholeMilliseconds)
      }
    }
  }
}
