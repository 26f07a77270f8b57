import CMicroHTTPD
import Foundation
import Synchronization

/// What one connection owes us and until when; the server thread writes it, the watchdog reads it.
final class ConnectionWatch: @unchecked Sendable {
  private static let none = Int64.max

  let socket: Int32
  /// The server thread's own.
  let line: Line
  private let deadlines: Deadlines
  /// A monotonic time; negative while the connection idles between requests.
  private let deadline: Atomic<Int64>
  private let isRefused = Atomic<Bool>(false)
  private let running = Mutex<Exchange?>(nil)
  /// Touched by the watchdog only: bytes received when it saw this idle spell first.
  private var idleMark: (deadline: Int64, bytes: UInt64)?
  private var bodyStart: Int64 = 0

  init(socket: Int32, line: Line, deadlines: Deadlines) {
    self.socket = socket
    self.line = line
    self.deadlines = deadlines
    deadline = Atomic(MonotonicClock.now + deadlines.header)
  }

  // MARK: the server thread's side

  func requestLineArrived() {
    guard deadline.load(ordering: .relaxed) < 0 else { return }
    set(MonotonicClock.now + deadlines.header)
  }

  func headerArrived() {
    bodyStart = MonotonicClock.now
    bodyGrew(to: 0)
  }

  func bodyGrew(to bytes: Int) {
    let earned = Int64(bytes) * 1_000_000_000 / deadlines.bodyBytesPerSecond
    set(bodyStart + min(deadlines.body, deadlines.header + earned))
  }

  func requestArrived(_ exchange: Exchange) {
    running.withLock { $0 = exchange }
    set(Self.none)
  }

  func answerLeaves() {
    set(MonotonicClock.now + deadlines.answer)
  }

  func requestOver() {
    running.withLock { $0 = nil }
    set(-(MonotonicClock.now + deadlines.idle))
  }

  /// Asks for a gentle close: the client may still be sending while our refusal is on its way.
  func refuse() {
    isRefused.store(true, ordering: .relaxed)
  }

  var needsLinger: Bool { isRefused.load(ordering: .relaxed) }

  private func set(_ time: Int64) {
    deadline.store(time, ordering: .relaxed)
  }

  // MARK: the watchdog's side

  /// The exchange that waits for its answer.
  var current: Exchange? { running.withLock { $0 } }

  /// Closes the connection if it is late; the caller makes sure that the socket is still open.
  func enforce(at now: Int64) {
    let due = deadline.load(ordering: .relaxed)
    if due < 0 { noticeHeaderBegin(due, now) }
    if abs(due) < now { shutdown(socket, Int32(SHUT_RDWR)) }
  }

  /// The library tells of no byte before the request line is whole, so we ask the kernel.
  private func noticeHeaderBegin(_ due: Int64, _ now: Int64) {
    let bytes = sluss_tcp_bytes_received(socket)
    guard let mark = idleMark, mark.deadline == due else { return idleMark = (due, bytes) }
    guard bytes != mark.bytes else { return }
    _ = deadline.compareExchange(expected: due, desired: now + deadlines.header, ordering: .relaxed)
  }
}
