import Foundation
import Store
import Synchronization

/// Sends the deliveries of one target on a thread of its own: takes what is due, sends it, and reports what
/// came of it. While nobody answers it holds everything back and lets one delivery probe from time to time.
public final class TargetPump: Sendable {
  /// Another gateway on the same database may take a delivery over that long after this one has died.
  private static let lease: Int64 = 60_000
  /// The longest sleep, in case that a store's other user brings work without telling.
  private static let longestSleep: Int64 = 30_000
  private static let pauseAfterFault: Int64 = 500
  /// Nothing waits longer for its next attempt: it was put off while the clock was wrong.
  private static let longestPause: Int64 = 86_400_000

  private let target: String
  private let sink: any Sink
  private let store: any DeliveryStore
  private let world: Surroundings
  private let load: Mutex<PumpLoad>
  private let wakeUp = WakeUp()
  /// Left when the thread ends.
  private let running = DispatchGroup()

  /// A pump for a target; it has the sink for itself.
  /// - Parameter atOnce: how many deliveries may be at the target at once.
  public init(
    target: String, atOnce: Int, sink: any Sink, store: any DeliveryStore, _ world: Surroundings
  ) {
    self.target = target
    load = Mutex(PumpLoad(atOnce: atOnce))
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
  public func wake() {
    load.withLock { $0.isToLook = true }
    wakeUp.signal()
  }

  /// Whether nobody answers at the target.
  public var isDown: Bool { load.withLock { $0.breaker.isOpen } }

  /// Takes nothing more; ends what is under way, after that pause by force, and waits for its reports.
  public func stop(grace: Duration) {
    load.withLock { $0.isStopped = true }
    wake()
    _ = running.wait(timeout: .now() + .milliseconds(Int(grace.wholeMilliseconds)))
    sink.close()
    running.wait()
  }

  // MARK: the thread

  private func run() {
    var recalled: Set<Int64> = []
    var (lookAgain, reportAgain) = (Int64.min, Int64.max)
    while !load.withLock({ $0.isStopped && $0.isEmpty }) {
      self.reportAgain(&reportAgain)
      sendNext()
      if isToLook(by: lookAgain) { lookAgain = look(&recalled) }
      let next = min(lookAgain, reportAgain) - world.clock.now()
      let longest = load.withLock { $0.hasNext ? PumpLoad.longestWait : Self.longestSleep }
      wakeUp.wait(milliseconds: max(0, min(next, longest)))
    }
    running.leave()
  }

  private func isToLook(by time: Int64) -> Bool {
    let isTime = world.clock.now() >= time
    return load.withLock { load in
      defer { load.isToLook = false }
      return load.isToLook || isTime
    }
  }

  /// Takes what is due, as far as there is room, and sends it; gives when to look again at the latest.
  private func look(_ recalled: inout Set<Int64>) -> Int64 {
    let now = world.clock.now()
    let room = load.withLock { $0.room(at: now) }
    var taken = room.count > 0 ? take(room.count) : []
    if taken.isEmpty, room.count > 0 { taken = takeLate(room.count, &recalled) }
    let isFull = taken.count == room.count
    load.withLock { $0.isFull = isFull }
    for delivery in taken { send(PumpLoad.Claimed(delivery: delivery), asProbe: room.isForProbe) }
    return now + pause(isFull: isFull)
  }

  /// Sends what was taken with the reports of what came before it.
  private func sendNext() {
    let now = world.clock.now()
    let (next, unwanted) = load.withLock { $0.takeNext(at: now) }
    for claimed in next { send(claimed, asProbe: false) }
    if !unwanted.isEmpty { store.giveBack(unwanted.map(\.delivery.number)) }
  }

  /// What is due so late that a wrong clock must have put it off; each once.
  private func takeLate(_ room: Int, _ recalled: inout Set<Int64>) -> [DueDelivery] {
    guard let due = try? store.nextDue(target: target), due > world.clock.now() + Self.longestPause else {
      return []
    }
    let late = take(room, dueBy: .max)
    let again = late.filter { !recalled.insert($0.number).inserted }.map(\.number)
    store.giveBack(again)
    load.withLock { $0.withdrew(again.count) }
    return late.filter { !again.contains($0.number) }
  }

  private func take(_ room: Int, dueBy time: Int64? = nil) -> [DueDelivery] {
    let now = time ?? world.clock.now()
    let taken = try? store.dueDeliveries(target: target, now: now, lease: Self.lease, limit: room)
    load.withLock { $0.began(taken?.count ?? 0) }
    return taken ?? []
  }

  /// How long there is nothing to look for, unless somebody tells. When all room is taken, the next answer does.
  private func pause(isFull: Bool) -> Int64 {
    let now = world.clock.now()
    if let opens = load.withLock({ $0.breaker.opensAgain }) {
      return min(max(opens - now, 1), Self.longestSleep)
    }
    if isFull { return Self.longestSleep }
    do throws(StoreError) {
      let due = try store.nextDue(target: target) ?? (now + Self.longestSleep)
      return min(max(due - now, 1), Self.longestSleep)
    } catch {
      return Self.pauseAfterFault
    }
  }

  // MARK: one delivery

  /// - Parameter isProbe: an attempt that nobody answers is not counted then, so that an outage uses up none.
  private func send(_ claimed: PumpLoad.Claimed, asProbe isProbe: Bool) {
    let delivery = claimed.delivery
    guard !delivery.body.isLost else {
      return finish(claimed, .refused(problem: "its content key is not there"), isCounted: true)
    }
    let terms = world.terms(delivery.route)
    let outgoing = Outgoing(
      key: delivery.key, contentType: delivery.body.contentType, body: delivery.body.bytes,
      timeout: terms.timeout, success: terms.success, judge: { terms.outcome(ofAnswer: $0, to: delivery.key) }
    )
    sink.send(outgoing) { [self] outcome in
      note(outcome, world.clock.now())
      finish(claimed, outcome, isCounted: !isProbe || !outcome.isUnanswered)
    }
  }

  private func finish(_ claimed: PumpLoad.Claimed, _ outcome: SinkOutcome, isCounted: Bool) {
    let (delivery, now) = (claimed.delivery, world.clock.now())
    let attempts = delivery.attempts + (isCounted ? 1 : 0)
    let result = world.terms(delivery.route).result(
      of: outcome, attempts: attempts, age: world.clock.age(of: delivery.created),
      trying: world.clock.running, now: now, random: world.random())
    let report = DeliveryReport(
      number: delivery.number, result: result, attempts: attempts, time: now,
      audit: world.audit(delivery, result, now))
    if load.withLock({ $0.answered() }) { wakeUp.signal() }
    self.report(report, after: claimed.run)
    world.tell(.attempted(.init(delivery, result, attempts: attempts, at: now)))
  }

  private func note(_ outcome: SinkOutcome, _ now: Int64) {
    let (before, after) = load.withLock { state in
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

  /// - Parameter run: how many of its lane it followed.
  private func report(_ report: DeliveryReport, after run: Int) {
    let follows = load.withLock { $0.follows(report.result, run) }
    let taking = follows ? NextTaking(dueBy: world.clock.now(), lease: Self.lease) : nil
    store.report(report, taking: taking) { [self] result, next in
      if case .failure(let error) = result, error.isPassing, load.withLock({ $0.keep(report) }) {
        world.tell(.unreported(target: target))
      } else {
        let now = world.clock.now()
        let claimed = next.map { PumpLoad.Claimed(delivery: $0, run: run + 1, taken: now) }
        load.withLock { $0.stored(claimed) }
      }
      wakeUp.signal()
    }
  }

  /// Reports what the store did not take, after a pause, or at once at the end.
  /// - Parameter time: when it is to be done next.
  private func reportAgain(_ time: inout Int64) {
    let now = world.clock.now()
    let (isStoring, isStopped) = load.withLock { ($0.isStoring, $0.isStopped) }
    if isStoring {
      time = .max
    } else if time == .max, !isStopped {
      time = now + Self.pauseAfterFault
    } else if now >= time || isStopped {
      time = now + Self.pauseAfterFault
      for report in load.withLock({ $0.takeUnreported() }) {
        self.report(report, after: PumpLoad.longestRun)
      }
    }
  }
}

extension SinkOutcome {
  fileprivate var isUnanswered: Bool { if case .unanswered = self { true } else { false } }
}
