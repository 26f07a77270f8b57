import Foundation
import Store
import Synchronization

/// Sends the deliveries of one target on a thread of its own: takes what is due, sends it, and reports what
/// came of it. While nobody answers it holds everything back and lets one delivery probe from time to time.
public final class TargetPump: Sendable {
  private struct State {
    var breaker = CircuitBreaker()
    var underWay = 0
    /// What the store did not take yet.
    var unreported: [DeliveryReport] = []
    var isStopped = false
  }

  /// Another gateway on the same database may take a delivery over that long after this one has died.
  private static let lease: Int64 = 60_000
  /// The longest sleep, in case that a store's other user brings work without telling.
  private static let longestSleep: Int64 = 30_000
  private static let pauseAfterFault: Int64 = 500
  /// Nothing waits longer for its next attempt: it was put off while the clock was wrong.
  private static let longestPause: Int64 = 86_400_000

  private let target: String
  private let atOnce: Int
  private let sink: any Sink
  private let store: any DeliveryStore
  private let world: Surroundings
  private let state = Mutex(State())
  private let wakeUp = WakeUp()
  /// Left when the thread ends.
  private let running = DispatchGroup()

  /// A pump for a target; it has the sink for itself.
  /// - Parameter atOnce: how many deliveries may be under way at once.
  public init(
    target: String, atOnce: Int, sink: any Sink, store: any DeliveryStore, _ world: Surroundings
  ) {
    self.target = target
    self.atOnce = atOnce
    self.sink = sink
    self.store = store
    self.world = world
  }

  /// Begins to send.
  public func start() {
    running.enter()
    let thread = Thread { [self] in run() }
    thread.name = "sluss-deliver"
    thread.start()
  }

  /// Something may be due.
  public func wake() { wakeUp.signal() }

  /// Whether nobody answers at the target.
  public var isDown: Bool { state.withLock { $0.breaker.isOpen } }

  /// Takes nothing more; ends what is under way, after that pause by force, and waits for its reports.
  public func stop(grace: Duration) {
    state.withLock { $0.isStopped = true }
    wake()
    _ = running.wait(timeout: .now() + .milliseconds(Int(grace.wholeMilliseconds)))
    sink.close()
    running.wait()
  }

  // MARK: the thread

  private func run() {
    var recalled: Set<Int64> = []
    while !isFinished {
      reportAgain()
      let room = self.room
      var taken = room.count > 0 ? take(room.count) : []
      if taken.isEmpty, room.count > 0 { taken = takeLate(room.count, &recalled) }
      for delivery in taken { send(delivery, asProbe: room.isForProbe) }
      if taken.isEmpty || taken.count < room.count { wakeUp.wait(milliseconds: pause(room.count)) }
    }
    running.leave()
  }

  private var isFinished: Bool {
    state.withLock { $0.isStopped && $0.underWay == 0 }
  }

  /// How many deliveries may begin now, and whether to see if somebody answers again.
  private var room: (count: Int, isForProbe: Bool) {
    let now = world.clock.now()
    return state.withLock { state in
      guard !state.isStopped else { return (0, false) }
      let count = state.breaker.allowed(atOnce - state.underWay, at: now, underWay: state.underWay)
      return (count, state.breaker.isOpen)
    }
  }

  /// What is due so late that a wrong clock must have put it off; each once.
  private func takeLate(_ room: Int, _ recalled: inout Set<Int64>) -> [DueDelivery] {
    guard let due = try? store.nextDue(target: target), due > world.clock.now() + Self.longestPause else {
      return []
    }
    let late = take(room, dueBy: .max)
    let again = late.filter { !recalled.insert($0.number).inserted }.map(\.number)
    store.giveBack(again)
    state.withLock { $0.underWay -= again.count }
    return late.filter { !again.contains($0.number) }
  }

  private func take(_ room: Int, dueBy time: Int64? = nil) -> [DueDelivery] {
    let now = time ?? world.clock.now()
    let taken = try? store.dueDeliveries(target: target, now: now, lease: Self.lease, limit: room)
    state.withLock { $0.underWay += taken?.count ?? 0 }
    return taken ?? []
  }

  /// How long there is nothing to do.
  private func pause(_ room: Int) -> Int64 {
    let (opens, isWaiting) = state.withLock { ($0.breaker.opensAgain, !$0.unreported.isEmpty) }
    if isWaiting { return Self.pauseAfterFault }
    let now = world.clock.now()
    if let opens { return min(max(opens - now, 1), Self.longestSleep) }
    guard room > 0 else { return Self.longestSleep }
    do throws(StoreError) {
      let due = try store.nextDue(target: target) ?? (now + Self.longestSleep)
      return min(max(due - now, 1), Self.longestSleep)
    } catch {
      return Self.pauseAfterFault
    }
  }

  // MARK: one delivery

  /// - Parameter isProbe: an attempt that nobody answers is not counted then, so that an outage uses up none.
  private func send(_ delivery: DueDelivery, asProbe isProbe: Bool) {
    guard !delivery.body.isLost else {
      return finish(delivery, .refused(problem: "its content key is not there"), isCounted: true)
    }
    let terms = world.terms(delivery.route)
    let outgoing = Outgoing(
      key: delivery.key, contentType: delivery.body.contentType, body: delivery.body.bytes,
      timeout: terms.timeout, success: terms.success, judge: { terms.outcome(ofAnswer: $0, to: delivery.key) }
    )
    sink.send(outgoing) { [self] outcome in
      note(outcome, world.clock.now())
      finish(delivery, outcome, isCounted: !isProbe || !outcome.isUnanswered)
    }
  }

  private func finish(_ delivery: DueDelivery, _ outcome: SinkOutcome, isCounted: Bool) {
    let now = world.clock.now()
    let attempts = delivery.attempts + (isCounted ? 1 : 0)
    let result = world.terms(delivery.route).result(
      of: outcome, attempts: attempts, age: world.clock.age(of: delivery.created),
      trying: world.clock.running, now: now, random: world.random())
    report(
      DeliveryReport(
        number: delivery.number, result: result, attempts: attempts, time: now,
        audit: world.audit(delivery, result, now)))
    world.tell(.attempted(.init(delivery, result, attempts: attempts, at: now)))
  }

  private func note(_ outcome: SinkOutcome, _ now: Int64) {
    let (before, after) = state.withLock { state in
      let before = state.breaker.isOpen
      if case .unanswered = outcome {
        state.breaker.missed(at: now, random: world.random())
      } else {
        state.breaker.reached()
      }
      return (before, state.breaker.isOpen)
    }
    if before, !after { world.tell(.up(target: target)) }
    if !before, after, case .unanswered(let problem) = outcome {
      world.tell(.down(target: target, problem: problem))
    }
  }

  private func report(_ report: DeliveryReport) {
    store.report(report) { [self] result in
      switch result {
      case .failure(let error) where error.isPassing && keep(report):
        world.tell(.unreported(target: target))
      case .success, .failure:
        state.withLock { $0.underWay -= 1 }
        wake()
      }
    }
  }

  /// Keeps what the store did not take; false at the end, when the next start sends it again.
  private func keep(_ report: DeliveryReport) -> Bool {
    state.withLock { state in
      guard !state.isStopped else { return false }
      state.unreported.append(report)
      return true
    }
  }

  private func reportAgain() {
    let reports = state.withLock { state in
      defer { state.unreported = [] }
      return state.unreported
    }
    for report in reports { self.report(report) }
  }
}

extension SinkOutcome {
  fileprivate var isUnanswered: Bool { if case .unanswered = self { true } else { false } }
}
