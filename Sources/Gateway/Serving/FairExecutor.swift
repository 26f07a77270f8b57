import Dispatch
import Synchronization

/// Runs tasks on a few threads, first come first served, for work that waits for the store now and then.
///
/// A concurrent queue would give each task that waits a thread of its own: hundreds of them share the machine then,
/// each answer takes as long as all of them together, and who waits for a reader is served in no order.
final class FairExecutor: TaskExecutor {
  private struct State {
    /// From `first` on those that wait, in the order in which they came.
    var jobs: [UnownedJob] = []
    var first = 0
    var running = 0
  }

  private let queue: DispatchQueue
  private let most: Int
  private let state = Mutex(State())

  /// - Parameter threads: the most tasks that run beside each other.
  init(label: String, threads: Int) {
    queue = DispatchQueue(label: label, attributes: .concurrent)
    most = max(1, threads)
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let needsThread = state.withLock { state in
      state.jobs.append(job)
      guard state.running < most else { return false }
      state.running += 1
      return true
    }
    if needsThread { queue.async { [self] in run() } }
  }

  private func run() {
    while let job = next() { job.runSynchronously(on: asUnownedTaskExecutor()) }
  }

  /// The one that has waited longest; nil, and the thread counts no more, when none waits.
  private func next() -> UnownedJob? {
    state.withLock { state in
      guard state.first < state.jobs.count else {
        (state.jobs, state.first) = ([], 0)
        state.running -= 1
        return nil
      }
      defer { state.first += 1 }
      if state.first == 1024 {
        state.jobs.removeFirst(state.first)
        state.first = 0
      }
      return state.jobs[state.first]
    }
  }
}
