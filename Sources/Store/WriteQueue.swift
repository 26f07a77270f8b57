import Foundation

/// The bounded queue between everybody and the one writer.
final class WriteQueue: @unchecked Sendable {
  private let condition = NSCondition()
  private let configuration: StoreConfiguration
  private let contents: ContentKeys?
  private var jobs: [WriteJob] = []
  private var bytes = 0
  private var isClosed = false

  /// - Parameter contents: encrypt what comes in; nil for nothing.
  init(_ configuration: StoreConfiguration, _ contents: ContentKeys? = nil) {
    self.configuration = configuration
    self.contents = contents
  }

  /// Nil when the job was taken, else why not.
  func add(_ job: WriteJob) -> StoreError? {
    do throws(StoreError) {
      return append(try contents.map { keys throws(StoreError) in try job.sealed(by: keys) } ?? job)
    } catch {
      return error
    }
  }

  private func append(_ job: WriteJob) -> StoreError? {
    condition.lock()
    defer { condition.unlock() }
    guard !isClosed else { return .closed }
    guard jobs.count < configuration.maximumWaiting,
      jobs.isEmpty || bytes + job.bytes <= configuration.maximumWaitingBytes
    else { return .overloaded }
    jobs.append(job)
    bytes += job.bytes
    if jobs.count == 1 { condition.signal() }
    return nil
  }

  /// Whether nothing waits.
  var isEmpty: Bool {
    condition.lock()
    defer { condition.unlock() }
    return jobs.isEmpty
  }

  /// Waits for jobs and takes one batch; nil when the queue is closed and empty.
  func next() -> [WriteJob]? {
    condition.lock()
    defer { condition.unlock() }
    while jobs.isEmpty {
      if isClosed { return nil }
      condition.wait()
    }
    return take()
  }

  /// Refuses what comes from now on.
  func close() {
    condition.lock()
    isClosed = true
    condition.signal()
    condition.unlock()
  }

  private func take() -> [WriteJob] {
    let batch = Array(jobs.prefix(configuration.batchSize))
    jobs.removeFirst(batch.count)
    bytes -= batch.reduce(0) { $0 + $1.bytes }
    return batch
  }
}
