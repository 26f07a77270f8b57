import Delivery
import HTTP
import Store

/// Looks again and again, on a thread of its own, whether something is wrong, and tells who wants to know.
///
/// What it found is written down before it is told: after a crash a notice may come twice, never not at all.
final class AlertWatch: Sendable {
  /// Receivers that take nothing are tried again after this long, doubled each time up to the longest.
  private static let firstPause: Int64 = 15_000
  private static let longestPause: Int64 = 900_000

  private let configuration: AlertConfiguration
  private let sources: AlertSources
  private let posts: [String: NoticePost]
  private let file: String
  private let tell: @Sendable (GatewayEvent) -> Void
  private let rounds: Rounds

  /// - Parameter folder: the data folder.
  /// - Throws: `HTTPClientError`, when webhooks can't be served at all.
  init(
    _ configuration: AlertConfiguration, _ sources: AlertSources, folder: String,
    tell: @escaping @Sendable (GatewayEvent) -> Void
  ) throws(HTTPClientError) {
    (self.configuration, self.sources, self.tell) = (configuration, sources, tell)
    file = folder + "/alerts.json"
    rounds = Rounds("sluss-alerts", every: configuration.lookEvery)
    var posts: [String: NoticePost] = [:]
    for (name, receiver) in configuration.receivers {
      posts[name] = try NoticePost(receiver, from: configuration.gateway)
    }
    self.posts = posts
  }

  /// Begins to look; not at all when there are no rules.
  func start() {
    guard !configuration.rules.isEmpty else { return }
    rounds.ask()
    rounds.start { [self] in
      let clock = SteadyClock(wall: Timestamp.now, ticks: Timestamp.ticks)
      var (memory, written) = (AlertMemory(file: file), AlertMemory?.none)
      memory.untold = memory.untold.filter { posts[$0.key] != nil }
      var board = AlertBoard(configuration.rules, memory: memory.board)
      var hearing = AlertHearing(of: configuration.rules, sources, at: clock.now())
      var patience: [String: Patience] = [:]
      return { [self] _ in
        var readings = sources.readings(at: clock.now(), since: hearing.began)
        hearing.listen(to: &readings)
        note(board.look(at: readings), &memory)
        sources.figures.alerts = board.active
        memory.board = board.memory
        write(memory, &written)
        tellAll(&memory, &patience, clock.now())
        write(memory, &written)
      }
    }
  }

  /// Ends after the look at hand, or leaves it behind when a receiver holds it up. To be called once.
  func stop() { rounds.stop() }

  private struct Patience {
    var failures = 0
    var next: Int64 = 0
  }

  private func note(_ found: [(notice: AlertNotice, receivers: [String])], _ memory: inout AlertMemory) {
    for (notice, receivers) in found {
      tell(.alert(notice))
      for receiver in receivers {
        let all = memory.untold[receiver, default: []] + [notice]
        memory.untold[receiver] = Array(all.suffix(NoticePost.most))
      }
    }
  }

  private func write(_ memory: AlertMemory, _ written: inout AlertMemory?) {
    guard memory != written, (try? memory.write(to: file)) != nil else { return }
    written = memory
  }

  private func tellAll(_ memory: inout AlertMemory, _ patience: inout [String: Patience], _ now: Int64) {
    for (name, notices) in memory.untold.sorted(by: { $0.key < $1.key }) where !notices.isEmpty {
      var state = patience[name] ?? Patience()
      guard now >= state.next, let post = posts[name] else { continue }
      if let problem = post.tell(notices, at: now) {
        if state.failures == 0 { tell(.noticeUntold(receiver: name, problem: problem)) }
        state.failures += 1
        state.next = now + min(Self.longestPause, Self.firstPause << Int64(min(state.failures - 1, 10)))
      } else {
        memory.untold[name] = nil
        state = Patience()
      }
      patience[name] = state
    }
  }
}

/// When something was last heard of each mapping: from the store at first, then from growing counters.
struct AlertHearing {
  let began: Int64
  private var heard: [String: Int64] = [:]
  private var counts: [String: Int] = [:]

  init(of rules: [AlertRule], _ sources: AlertSources, at time: Int64) {
    began = time
    for case .silence(let pattern, _, let limit, _) in rules.map(\.condition) {
      for name in sources.mappings.served.mappings.keys where pattern.matches(name) {
        if let last = sources.lastHeard(name, within: limit, before: time) {
          heard[name] = max(heard[name] ?? last, last)
        }
      }
    }
  }

  mutating func listen(to readings: inout AlertReadings) {
    for (name, count) in readings.heardCounts where count > counts[name] ?? 0 { heard[name] = readings.time }
    counts = readings.heardCounts
    readings.heard = heard
  }
}
