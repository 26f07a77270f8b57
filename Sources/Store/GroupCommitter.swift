import CSQLite
import Foundation

/// The one thread that writes: it takes everything that waits, commits it once, then tells everybody.
final class GroupCommitter: @unchecked Sendable {
  private let open: () throws(StoreError) -> MessageWriter
  private let queue: WriteQueue
  /// Kept until the last write is done.
  private var lock: StoreLock?
  private let finished = DispatchSemaphore(value: 0)
  /// Nil after an error that leaves the connection in doubt, until the next batch opens a new one.
  private var writer: MessageWriter?
  /// Set once, before anybody can stop it; weak, since the thread keeps this object.
  private weak var thread: Thread?

  /// Opens the writer at once, so that a store that cannot write is refused at the start.
  init(queue: WriteQueue, lock: StoreLock, open: @escaping () throws(StoreError) -> MessageWriter)
    throws(StoreError)
  {
    self.queue = queue
    self.lock = lock
    self.open = open
    writer = try open()
  }

  func start() {
    let thread = Thread { [self] in run() }
    thread.name = "store-writer"
    self.thread = thread
    thread.start()
  }

  /// Writes what waits, moves the log into the file and ends. To be called once. Waits for the end,
  /// unless a completion on the thread itself calls it.
  func stop() {
    queue.close()
    if Thread.current !== thread { finished.wait() }
  }

  private func run() {
    while let batch = queue.next() {
      write(batch)
      writer?.shortenLog()
    }
    writer?.checkpoint()
    writer = nil
    lock = nil
    finished.signal()
  }

  private func write(_ batch: [WriteJob]) {
    // Once it is to be committed, it may be in the log, where a new connection would find it.
    var isCommitting = false
    do throws(StoreError) {
      let writer = try currentWriter()
      let outcomes = try perform(batch, with: writer)
      isCommitting = true
      try writer.commitBatch()
      for outcome in outcomes { outcome.tell() }
    } catch {
      recover(from: error)
      let (failed, others) = !isCommitting || error.isFull ? Self.split(batch) : (batch, [])
      for job in failed { job.fail(error) }
      if !others.isEmpty { write(others) }
    }
  }

  /// What was to be recorded is worked out again: whoever hands something in shall not fail because of it.
  private static func split(_ batch: [WriteJob]) -> (failed: [WriteJob], others: [WriteJob]) {
    let others = batch.filter { $0.place == nil }
    return others.count == batch.count ? (batch, []) : (batch.filter { $0.place != nil }, others)
  }

  private func perform(
    _ batch: [WriteJob], with writer: MessageWriter
  ) throws(StoreError) -> [WriteOutcome] {
    try writer.beginBatch()
    var outcomes: [WriteOutcome] = []
    outcomes.reserveCapacity(batch.count)
    for job in batch {
      outcomes.append(job.perform(with: writer))
      // A job is several statements: when the engine fails between them, nothing of the batch may stay.
      if case .failed? = outcomes.last?.error, let error = outcomes.last?.error { throw error }
      guard writer.isInBatch else { throw .failed(doing: "writing a batch", code: SQLITE_ABORT) }
    }
    return outcomes
  }

  private func currentWriter() throws(StoreError) -> MessageWriter {
    if let writer { return writer }
    do throws(StoreError) {
      let opened = try open()
      writer = opened
      return opened
    } catch .cannotOpen {
      throw .failed(doing: "opening the store anew", code: SQLITE_CANTOPEN)
    }
  }

  /// A full disk leaves the connection sound; after anything else a new one is opened, since the
  /// kernel may have dropped pages whose writing failed.
  private func recover(from error: StoreError) {
    do throws(StoreError) {
      try writer?.abandonBatch()
      if error.isFull { return }
    } catch {}
    writer = nil
  }
}

extension StoreError {
  fileprivate var isFull: Bool {
    if case .failed(_, let code) = self { code & 0xFF == SQLITE_FULL } else { false }
  }
}
