import Dispatch
import Synchronization

/// Runs tasks on a queue of its own, for work that waits for the store: Swift's own few threads must not wait, and a
/// thread may wait for these tasks.
final class QueueExecutor: TaskExecutor {
  private let queue: DispatchQueue

  /// - Parameter isConcurrent: whether tasks run beside each other.
  init(label: String, isConcurrent: Bool = false) {
    queue = DispatchQueue(label: label, attributes: isConcurrent ? .concurrent : [])
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }

  /// Does the work on the queue and waits for it; not to be called by a task, whose thread others need.
  func wait<Value: Sendable>(for work: @escaping @Sendable () async throws -> Value) throws -> Value {
    let ended = DispatchSemaphore(value: 0)
    let outcome = Mutex<Result<Value, any Error>>(.failure(CancellationError()))
    Task(executorPreference: self) {
      let result: Result<Value, any Error>
      do { result = .success(try await work()) } catch { result = .failure(error) }
      outcome.withLock { $0 = result }
      ended.signal()
    }
    ended.wait()
    return try outcome.withLock { $0 }.get()
  }
}
