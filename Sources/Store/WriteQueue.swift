import Foundation

/// The bounded queue between everybody and the one writer.
///
/// Long work, for which nobody waits, lets short work go first for as long as it took itself: whoever hands in messages
/// while others are recorded gets at least half of the writer's time. Records that go one after another do so all the
/// same, and none goes before the messages that were handed in before it.
final class WriteQueue: @unchecked Sendable {
  private struct Entry {
    let ticket: Int
    let job: WriteJob
  }

  private let condition = NSCondition()
  private let configuration: StoreConfiguration
  private let contents: ContentKeys?
  private var entries: [Entry] = []
  /// A long record, and others that wait until it has had its turn.
  private var later: [Entry] = []
  private var tickets = 0
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
    let count = entries.count + later.count
    guard count < configuration.maximumWaiting,
      count == 0 || bytes + job.bytes <= configuration.maximumWaitingBytes
    else { return .overloaded }
    tickets += 1
    let entry = Entry(ticket: tickets, job: job)
    let goesLater = job.isLong || job.place != nil && !later.isEmpty
    if goesLater { later.append(entry) } else { entries.append(entry) }
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
    while entries.isEmpty, later.isEmpty {
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

  private func take() -> [WriteJob] {
    let next = entries.prefix(configuration.batchSize)
    let left = entries.dropFirst(next.count).first?.ticket ?? Int.max
    entries.removeFirst(next.count)
    var batch = next.map(\.job)
    guard let long = later.first, long.ticket < left, batch.isEmpty || othersFirst <= .now else {
      return batch
    }
    longBegan = .now
    repeat {
      batch.append(later.removeFirst().job)
    } while later.first.map { $0.ticket < left && !$0.job.isLong } == true
    return batch
  }
}
