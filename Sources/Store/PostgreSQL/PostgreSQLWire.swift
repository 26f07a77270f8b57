import CPQ
import Foundation

/// The sending and receiving of one connection, without ever waiting for longer than it should: libpq's own
/// waiting has no end when the network is cut, and stands still when both sides wait for each other to read.
final class PostgreSQLWire {
  private let handle: OpaquePointer
  private let answerWithin: Double
  /// Bytes handed to libpq that may not be under way yet.
  private var unsent = 0

  /// Takes the connection over, whatever its state.
  init(_ handle: OpaquePointer, answerWithin: Double) {
    self.handle = handle
    self.answerWithin = answerWithin
    PQsetNoticeProcessor(handle, { _, _ in }, nil)
  }

  deinit {
    PQfinish(handle)
  }

  /// Starts a connection. What the connection string says comes before our own wishes, the password after.
  static func open(_ configuration: PostgreSQLConfiguration) -> OpaquePointer? {
    var options = [
      ("connect_timeout", "5"), ("tcp_user_timeout", "15000"), ("keepalives_idle", "5"),
      ("keepalives_interval", "2"), ("keepalives_count", "3"), ("dbname", configuration.connection),
      ("client_encoding", "UTF8"), ("application_name", configuration.name),
    ]
    if let password = configuration.password { options.append(("password", password)) }
    let keywords = options.map { strdup($0.0) }
    let values = options.map { strdup($0.1) }
    defer { for text in keywords + values { free(text) } }
    return PQconnectdbParams(
      keywords.map { UnsafePointer($0) } + [nil], values.map { UnsafePointer($0) } + [nil], 1)
  }

  /// Sends on when much has been handed over, so that a batch of large bodies is not held twice.
  func flushWhenFull(after bytes: Int) throws(PostgreSQLFailure) {
    unsent += bytes
    if unsent > 1 << 18 { try flush() }
  }

  /// Sends everything, and takes in what comes meanwhile.
  func flush() throws(PostgreSQLFailure) {
    let deadline = Self.now + answerWithin
    unsent = 0
    while true {
      switch PQflush(handle) {
      case 0: return
      case 1: try wait(for: Int16(POLLIN | POLLOUT), until: deadline)
      default: throw .lost
      }
    }
  }

  /// The next answer, or nil at the end of one call's answers.
  func next() throws(PostgreSQLFailure) -> (status: ExecStatusType, rows: PostgreSQLRows)? {
    let deadline = Self.now + answerWithin
    while PQisBusy(handle) == 1 { try wait(for: Int16(POLLIN), until: deadline) }
    guard let result = PQgetResult(handle) else {
      guard PQstatus(handle) == CONNECTION_OK else { throw .lost }
      return nil
    }
    return (PQresultStatus(result), PostgreSQLRows(result))
  }

  /// Takes in what comes until something has come, the time is over, or the other descriptor can be read.
  func receive(within seconds: Double, orUntil interruption: Int32) throws(PostgreSQLFailure) {
    var entries = [PQsocket(handle), interruption].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    guard Foundation.poll(&entries, 2, Self.milliseconds(seconds)) > 0, entries[0].revents != 0 else {
      return
    }
    try consume()
  }

  private func wait(for events: Int16, until deadline: Double) throws(PostgreSQLFailure) {
    let rest = deadline - Self.now
    guard rest > 0 else { throw .lost }
    if poll(for: events, rest) { try consume() }
  }

  private func consume() throws(PostgreSQLFailure) {
    guard PQconsumeInput(handle) == 1 else { throw .lost }
  }

  private func poll(for events: Int16, _ seconds: Double) -> Bool {
    var entry = pollfd(fd: PQsocket(handle), events: events, revents: 0)
    return Foundation.poll(&entry, 1, Self.milliseconds(seconds)) > 0
  }

  private static func milliseconds(_ seconds: Double) -> Int32 {
    Int32(clamping: Int((seconds * 1_000).rounded(.up)))
  }

  private static var now: Double { ProcessInfo.processInfo.systemUptime }
}
