import Booking
import Foundation
import Store
import Synchronization

/// Brings sagas to their ends: those of one booking one after another, those of others side by side.
///
/// What it is about to do is on disk before it does it: after a crash it goes on where it was.
final class BookingWorker: Sendable {
  /// What happened and somebody should know; ids alone.
  enum Event: Sendable {
    case ended(BookingSaga)
    case stuck(BookingSaga)
  }

  /// Between repetitions of a call that nobody answered: from the first, doubled each time, to the last.
  struct Pauses: Sendable {
    var first = Duration.milliseconds(200)
    var last = Duration.seconds(30)
    /// Until one that is stuck because nobody answers is tried again, unless a person resumes it sooner.
    var again = Duration.seconds(60)

    func pause(after attempts: Int) -> Duration { min(last, first * (1 << min(attempts - 1, 16))) }
  }

  private static let grace = Duration.seconds(2)

  let ledger: BookingLedger
  private let systems: any BookingSystems
  private let pauses: Pauses
  private let tell: @Sendable (Event) -> Void
  private let threads = QueueExecutor(label: "sluss-bookings", isConcurrent: true)
  private let state = Mutex(State())

  private struct State {
    var isStopped = false
    /// The bookings that are worked on; true when something came meanwhile.
    var driven: [String: Bool] = [:]
    var tasks: [String: Task<Void, Never>] = [:]
    var waiting: [String: [UUID: CheckedContinuation<Void, Never>]] = [:]
    /// Whose time was over before they waited.
    var late: Set<UUID> = []
  }

  init(
    _ ledger: BookingLedger, _ systems: any BookingSystems, pauses: Pauses = Pauses(),
    tell: @escaping @Sendable (Event) -> Void = { _ in }
  ) {
    self.ledger = ledger
    self.systems = systems
    self.pauses = pauses
    self.tell = tell
  }

  /// Goes on with all that an earlier run left.
  func start() throws {
    for (saga, _) in try ledger.open() { drive(saga.intent.booking) }
  }

  /// Ends after the calls under way; the rest waits in the store.
  func stop() {
    let tasks = state.withLock { state in
      state.isStopped = true
      return Array(state.tasks.values)
    }
    for task in tasks { task.cancel() }
    try? threads.wait(for: { for task in tasks { await task.value } })
    let all = state.withLock { state in
      defer { state.waiting = [:] }
      return state.waiting.values.flatMap(\.values)
    }
    for waiter in all { waiter.resume() }
  }

  /// Something is to be done for a booking.
  func drive(_ booking: String) {
    state.withLock { state in
      guard !state.isStopped else { return }
      guard state.driven[booking] == nil else {
        state.driven[booking] = true
        return
      }
      state.driven[booking] = false
      state.tasks[booking] = Task(executorPreference: threads) { [self] in await run(booking) }
    }
  }

  private func run(_ booking: String) async {
    while !Task.isCancelled {
      await work(booking)
      let isDone = state.withLock { state in
        guard state.driven[booking] == true, !state.isStopped else {
          state.driven[booking] = nil
          state.tasks[booking] = nil
          return true
        }
        state.driven[booking] = false
        return false
      }
      if isDone { return }
    }
    state.withLock { state in
      state.driven[booking] = nil
      state.tasks[booking] = nil
    }
  }

  /// The sagas of the booking, until they are done or somebody has to see to one.
  private func work(_ booking: String) async {
    while !Task.isCancelled {
      do {
        guard let id = try ledger.file(booking).queue.first else { return }
        switch try await ledger.step(id, with: systems) {
        case .goesOn, .waits: wake(id)
        case .unanswered(let attempts): try await Task.sleep(for: pauses.pause(after: attempts))
        case .stuck:
          guard let saga = try ledger.saga(id) else { return }
          tell(.stuck(saga))
          wake(id)
          guard saga.isUnanswered else { return }
          try await waitToAskAgain(id)
        case .ended:
          if let saga = try ledger.saga(id) { tell(.ended(saga)) }
          wake(id)
        case .unknown: return
        }
      } catch StoreError.stale {
        continue
      } catch {
        try? await Task.sleep(for: pauses.first)
      }
    }
  }

  /// A system that was down for a while needs nobody to resume what waited for it.
  private func waitToAskAgain(_ id: String) async throws {
    let end = ContinuousClock.now + pauses.again
    while ContinuousClock.now < end, try ledger.saga(id)?.isUnanswered == true {
      try await Task.sleep(for: .milliseconds(500))
    }
    if try ledger.saga(id)?.isUnanswered == true { _ = try await ledger.resume(id) }
  }

  // MARK: waiting

  /// Waits until a saga has ended or is stuck. One that the journal has confirmed is given a moment for what
  /// is left, so that who is answered finds it everywhere.
  /// - Returns: it as it is then; nil when there is none of that id.
  func outcome(of id: String, within limit: Duration) async throws -> BookingSaga? {
    var end = ContinuousClock.now + limit
    var isConfirmed = false
    while let saga = try ledger.saga(id) {
      if saga.isConfirmed, !isConfirmed {
        isConfirmed = true
        end = min(end, ContinuousClock.now + Self.grace)
      }
      let left = end - ContinuousClock.now
      if saga.isEnded || saga.stuck != nil || left <= .zero { return saga }
      await next(id, within: left)
    }
    return nil
  }

  /// The next step of a saga, or the end of the time.
  private func next(_ id: String, within limit: Duration) async {
    let token = UUID()
    // A step between looking and waiting is seen a moment later.
    let limit = min(limit, .milliseconds(50))
    let alarm = Task { [self] in
      guard (try? await Task.sleep(for: limit)) != nil else { return }
      wake(id, token)
    }
    await withCheckedContinuation { waiter in
      let isLate = state.withLock { state in
        guard state.late.remove(token) == nil, !state.isStopped else { return true }
        state.waiting[id, default: [:]][token] = waiter
        return false
      }
      if isLate { waiter.resume() }
    }
    alarm.cancel()
    state.withLock { _ = $0.late.remove(token) }
  }

  private func wake(_ id: String, _ token: UUID? = nil) {
    let woken = state.withLock { state in
      guard let token else { return Array((state.waiting.removeValue(forKey: id) ?? [:]).values) }
      let one = state.waiting[id]?.removeValue(forKey: token)
      if state.waiting[id]?.isEmpty == true { state.waiting[id] = nil }
      if one == nil { state.late.insert(token) }
      return one.map { [$0] } ?? []
    }
    for waiter in woken { waiter.resume() }
  }
}
