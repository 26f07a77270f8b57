import Foundation

/// The one thread of this gateway that writes: it takes everything that waits, commits it once, then tells
/// everybody.
///
/// All of a batch is done and its answers read before the commit is asked for. So whatever breaks before has
/// not happened and is done again; and when the answer to the commit itself is lost, the batch's mark in the
/// database tells, on the next connection, whether it happened.
final class PostgreSQLCommitter: @unchecked Sendable {
  /// Why a whole batch failed.
  private struct BatchFailure: Error {
    let error: StoreError
    /// Whether parts of the batch may do better.
    var isOfOneJob = false
  }

  private let queue: WriteQueue
  private let configuration: PostgreSQLConfiguration
  private let gateway: PostgreSQLGateway
  private let writer: PostgreSQLWriter
  private let finished = DispatchSemaphore(value: 0)
  private var connection: PostgreSQLConnection?
  private var outage: PostgreSQLOutage
  private var batches: Int64 = 0
  private let wake: @Sendable (StoreSignal) -> Void
  /// Whether something was perhaps stored of which nobody here knows.
  private var isDoubtful = false
  /// Set once, before anybody can stop it; weak, since the thread keeps this object.
  private weak var thread: Thread?

  init(
    _ gateway: PostgreSQLGateway, _ taken: PostgreSQLTaken, _ queue: WriteQueue,
    _ configuration: PostgreSQLConfiguration, _ cipher: ContentCipher, on connection: PostgreSQLConnection,
    wake: @escaping @Sendable (StoreSignal) -> Void
  ) throws(StoreError) {
    self.gateway = gateway
    self.wake = wake
    writer = try PostgreSQLWriter(gateway, taken, bodyKey: configuration.writing.bodyKey, cipher)
    self.queue = queue
    self.configuration = configuration
    self.connection = connection
    outage = PostgreSQLOutage(patience: configuration.patience)
  }

  func start() {
    let thread = Thread { [self] in run() }
    thread.name = "store-writer"
    self.thread = thread
    thread.start()
  }

  /// Writes what waits, gives back what was taken and ends. To be called once. Waits for the end, unless a
  /// completion on the thread itself calls it.
  func stop() {
    queue.close()
    if Thread.current !== thread { finished.wait() }
  }

  private func run() {
    while let batch = queue.next() { write(batch) }
    _ = try? current().run(PostgreSQLWriterLock.transaction([gateway.leave]))
    connection = nil
    finished.signal()
  }

  private func write(_ batch: [WriteJob]) {
    do throws(BatchFailure) {
      for outcome in try commit(batch) { outcome.tell() }
    } catch {
      guard error.isOfOneJob, batch.count > 1 else { return batch.forEach { $0.fail(error.error) } }
      write(Array(batch.prefix(batch.count / 2)))
      write(Array(batch.dropFirst(batch.count / 2)))
    }
  }

  // MARK: one batch

  private enum Ending { case committed, undone, unknown }

  /// Commits, again and again while the server is away.
  private func commit(_ batch: [WriteJob]) throws(BatchFailure) -> [WriteOutcome] {
    while true {
      var ending = Ending.undone
      do throws(PostgreSQLFailure) {
        let outcomes = try perform(batch)
        ending = try end()
        if case .committed = ending {
          writer.keep()
          tellOfDoubts()
          return outcomes
        }
        writer.abandon()
      } catch {
        writer.abandon()
        try mend(error)
      }
      if case .unknown = ending {
        isDoubtful = true
        throw BatchFailure(error: .inDoubt)
      }
    }
  }

  /// Does a batch in a transaction that stays open. Whatever fails has not happened.
  private func perform(_ batch: [WriteJob]) throws(PostgreSQLFailure) -> [WriteOutcome] {
    let connection = try current()
    do throws(StoreError) {
      try writer.begin(batch, on: connection)
      return try writer.perform(batch).map { $0() }
    } catch {
      if let failure = writer.batch.failure { throw failure }
      try connection.script("ROLLBACK")
      throw .unusable(error)
    }
  }

  private func end() throws(PostgreSQLFailure) -> Ending {
    guard let connection else { return .undone }
    batches += 1
    let calls = writer.last + [gateway.mark(batches), PostgreSQLCall("COMMIT")]
    do throws(PostgreSQLFailure) {
      _ = try connection.run(calls)
      outage.end()
      return .committed
    } catch .lost {
      self.connection = nil
      return resolve(batches)
    }
  }

  /// Whether a batch was committed the answer to which was lost. The lock is free only when the earlier
  /// connection's transaction has come to its end.
  private func resolve(_ batch: Int64) -> Ending {
    while outage.wait() {
      do throws(PostgreSQLFailure) {
        let rows = try current().run(PostgreSQLWriterLock.transaction([gateway.lastBatch]))
        outage.end()
        return rows[2].count > 0 && rows[2].integer(0, 0) == batch ? .committed : .undone
      } catch {
        connection = nil
      }
    }
    return .unknown
  }

  private func tellOfDoubts() {
    if isDoubtful { wake(.everything) }
    isDoubtful = false
  }

  /// Returns when the batch is to be tried again.
  private func mend(_ failure: PostgreSQLFailure) throws(BatchFailure) {
    if case .lost = failure { connection = nil }
    if failure.isWorthRepeating, outage.wait() { return }
    throw BatchFailure(
      error: failure.storeError(doing: "writing a batch"), isOfOneJob: failure.isOfOneJob)
  }

  // MARK: the connection

  private func current() throws(PostgreSQLFailure) -> PostgreSQLConnection {
    if let connection { return connection }
    let opened = try PostgreSQLConnection(configuration)
    try PostgreSQLSchema.check(opened)
    try opened.goByIndexes()
    connection = opened
    return opened
  }
}
