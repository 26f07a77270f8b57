import Dispatch

/// The threads on which answers are made. They wait for the store, which Swift's own few threads must not.
final class AnsweringThreads: TaskExecutor {
  private let queue = DispatchQueue(label: "answers", attributes: .concurrent)

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
