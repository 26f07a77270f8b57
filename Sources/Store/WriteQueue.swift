import Foundation

/// The bounded queue between everybody and the one writer.
///
/// Long work, for which nobody waits, lets short work go first for as long as it took itself: whoever hands in messages
/// while others are recorded gets at least half of the writer's time.
final class WriteQueue: @unchecked Sendable {
  private let condition = NSCondition()
  private let configuration: StoreConfiguration
  private let contents: ContentKeys?
  private var jobs: [WriteJob] = []
  /// Those that are long.
  private var longJobs: [WriteJob] = []
  /// Since when the writer has been at a long one.
  private var longBegan: ContinuousClock.Instant?
  /// Until when long ones wait for the others.
  private var othersFirst = ContinuousClock.now
  private var bytes = 0
  private var isClosed = false

  /// - Parameter contents: encrypt what comes in; nil for nothing.
  init(_ configuration: StoreConfiguration, _ contents: ContentKeys? = nil) {
    self.configuration = configuration
    self.contents = contents
  }

  /// Nil when the job was taken, else why not.
  /// - Parameter queued: called when it is taken, before any other is.
  func add(_ job: WriteJob, queued: () -> Void = {}) -> StoreError? {
    do throws(StoreError) {
      return append(try contents.map { keys throws(StoreError) in try job.sealed(by: keys) } ?? job, queued)
    } catch {
      return error
    }
  }

  private func append(_ job: WriteJob, _ queued: () -> Void) -> StoreError? {
    condition.lock()
    defer { condition.unlock() }
    guard !isClosed else { return .closed }
    let count = jobs.count + longJobs.count
    guard count < configuration.maximumWaiting,
      count == 0 || bytes + job.bytes <= configuration.maximumWaitingBytes
    else { return .overloaded }
    if job.isLong { longJobs.append(job) } else { jobs.append(job) }
    bytes += job.bytes
    queued()
    if count == 0 { condition.signal() }
    return nil
  }

  /// Waits for jobs and takes one batch, the one before being done; nil when the queue is closed and empty.
  func next() -> [WriteJob]? {
    condition.lock()
    defer { condition.unlock() }
    if let began = longBegan { othersFirst = .now + (.now - began) }
    longBegan = nil
    while jobs.isEmpty, longJobs.isEmpty {
      if isClosed { return nil }
      condition.wait()
    }
    let batch = take()
    bytes -= batch.reduce(0) { $0 + $1.bytes }
    return batch
  }

  /// Refuses what comes from now on.
  func close() {
    condition.lock()
    isClosed = true
    condition.signal()
    condition.unlock()
  }

  /// Before a long one go all the others, since it may record what they accept.
  private func take() -> [WriteJob] {
    if let job = longJobs.first, jobs.isEmpty || othersFirst <= .now {
      longBegan = .now
      longJobs.removeFirst()
      defer { jobs.removeAll() }
      return jobs + [job]
    }
    let batch = Array(jobs.prefix(configuration.batchSize))
    jobs.removeFirst(batch.count)
    return batch
  }
}
