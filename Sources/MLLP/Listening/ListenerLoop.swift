import Foundation

/// The one thread that serves all connections, each in its turn and none for longer than one read.
///
/// Everything here but ``wait()`` is that thread's own.
final class ListenerLoop: @unchecked Sendable {
  private static let mostVisitsAtOnce = 64
  private static let pauseWithoutRoom: Int64 = 100_000_000

  private let configuration: MLLPConfiguration
  private let mailbox: Mailbox
  private let conversations: Conversations
  private let finished = DispatchSemaphore(value: 0)
  private var doorway: Doorway?
  private var doorOpens: Int64 = 0
  /// When what is still under way is given up; nil before ``MLLPListener/stop()``.
  private var drainEnd: Int64?
  /// Set once, before anybody can stop it; weak, since the thread keeps this object.
  private weak var thread: Thread?

  init(
    _ configuration: MLLPConfiguration, doorway: Doorway, mailbox: Mailbox, conversations: Conversations
  ) {
    self.configuration = configuration
    self.doorway = doorway
    self.mailbox = mailbox
    self.conversations = conversations
  }

  func start() {
    let thread = Thread { [self] in run() }
    thread.name = "mllp-listener"
    self.thread = thread
    thread.start()
  }

  /// Waits for the thread's end, unless it is the thread itself that asks.
  func wait() {
    guard Thread.current !== thread else { return }
    finished.wait()
    finished.signal()
  }

  private func run() {
    while !isOver { step() }
    conversations.breakOff()
    finished.signal()
  }

  private var isOver: Bool {
    drainEnd.map { MonotonicClock.now >= $0 || conversations.areOver } ?? false
  }

  private func step() {
    let polled = conversations.polled
    var entries = [entry(mailbox.bell, POLLIN)] + polled.map { entry($0.socket, $0.events ?? 0) }
    let door = openDoor
    if let door { entries.append(entry(door.socket, POLLIN)) }
    Polling.wait(&entries, until: nextDeadline(polled))
    takeLetters()
    for (connection, entry) in zip(polled, entries.dropFirst()) where entry.revents != 0 {
      conversations.serve(connection, Int32(entry.revents))
    }
    if let door, entries.last?.revents != 0 { welcome(at: door) }
    conversations.expire(at: MonotonicClock.now)
  }

  private func entry(_ socket: Socket, _ events: Int32) -> pollfd {
    pollfd(fd: socket.descriptor, events: Int16(events), revents: 0)
  }

  private func nextDeadline(_ polled: [ServedConnection]) -> Int64 {
    let door = doorOpens > MonotonicClock.now ? doorOpens : .max
    return polled.reduce(min(drainEnd ?? .max, door)) { min($0, $1.deadline) }
  }

  private func takeLetters() {
    let letters = mailbox.take()
    if letters.isStopping, drainEnd == nil { beginDrain() }
    for (id, answer) in letters.answers { conversations.deliver(answer, to: id) }
  }

  private func beginDrain() {
    drainEnd = MonotonicClock.now + configuration.drainDeadline.nanoseconds
    doorway = nil
    conversations.drain()
  }

  // MARK: new connections

  private var hasRoom: Bool { conversations.count < max(1, configuration.maximumConnections) }

  private var openDoor: Doorway? {
    hasRoom && MonotonicClock.now >= doorOpens ? doorway : nil
  }

  private func welcome(at door: Doorway) {
    guard drainEnd == nil else { return }
    for _ in 0..<Self.mostVisitsAtOnce where hasRoom {
      switch door.accept() {
      case .guest(let socket, let peer): conversations.admit(socket, peer)
      case .nobody: return
      case .noRoom: return doorOpens = MonotonicClock.now + Self.pauseWithoutRoom
      }
    }
  }
}
