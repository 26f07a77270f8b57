import Cryptography
import Foundation

/// All connections of a listener and what goes on on them; touched by the listener's thread only.
final class Conversations {
  let configuration: MLLPConfiguration
  let deadlines: Deadlines
  private let handler: @Sendable (MLLPMessage, MLLPReply) -> Void
  private let report: @Sendable (MLLPFault, MLLPPeer) -> Void
  let admits: @Sendable (MLLPPeer) -> Bool
  private let mailbox: Mailbox
  private var connections: [UInt64: ServedConnection] = [:]
  private var perAddress: [String: Int] = [:]
  private var nextID: UInt64 = 0
  private var budget: MemoryBudget
  private var isDraining = false

  init(
    _ configuration: MLLPConfiguration, mailbox: Mailbox,
    report: @escaping @Sendable (MLLPFault, MLLPPeer) -> Void,
    admit: @escaping @Sendable (MLLPPeer) -> Bool,
    handler: @escaping @Sendable (MLLPMessage, MLLPReply) -> Void
  ) {
    self.configuration = configuration
    self.mailbox = mailbox
    self.report = report
    admits = admit
    self.handler = handler
    deadlines = Deadlines(configuration)
    budget = MemoryBudget(limit: configuration.maximumBytesInMemory)
  }

  var count: Int { connections.count }

  /// The connections that wait for their sockets.
  var polled: [ServedConnection] { connections.values.filter { $0.events != nil } }

  /// Whether nobody is there any more who could take a reply.
  var areOver: Bool { connections.values.allSatisfy { $0.phase == .abandoned } }

  // MARK: beginning and end

  func admit(_ socket: Socket, _ peer: MLLPPeer) {
    let (others, limit) = (perAddress[peer.address, default: 0], configuration.maximumConnectionsPerAddress)
    guard limit <= 0 || others < limit else { return report(.tooManyConnections, peer) }
    nextID += 1
    perAddress[peer.address] = others + 1
    let connection = ServedConnection(
      id: nextID, socket: socket, peer: peer, maximumBytes: configuration.maximumMessageBytes,
      deadline: MonotonicClock.now + deadlines.handshake)
    connections[nextID] = connection
    connection.phase = .handshaking
    shakeHands(connection)
  }

  /// From now on nothing is handed on, and connections close when nothing is under way on them.
  func drain() {
    isDraining = true
    let idle: [ServedConnection.Phase] = [.handshaking, .reading]
    for connection in connections.values where idle.contains(connection.phase) { drop(connection) }
  }

  /// Closes all, whatever is under way.
  func breakOff() {
    for connection in connections.values { connection.socket.interrupt() }
    connections = [:]
  }

  func expire(at now: Int64) {
    for connection in connections.values where connection.deadline <= now { expire(connection) }
  }

  private func expire(_ connection: ServedConnection) {
    switch connection.phase {
    case .handshaking: close(connection, .handshakeFailed(.broken(reason: "it took too long")))
    case .reading where connection.messageBegan != nil: close(connection, .tooSlow)
    case .replying: close(connection, .replyNotTaken)
    case .reading, .lingering: drop(connection)
    case .awaitingReply, .abandoned: break
    }
  }

  /// Closes for a reason that the operator may want to know.
  func close(_ connection: ServedConnection, _ fault: MLLPFault) {
    report(fault, connection.peer)
    drop(connection)
  }

  /// Closes. The message that a handler has is still counted until its reply.
  private func drop(_ connection: ServedConnection) {
    guard connection.phase == .awaitingReply else { return forget(connection) }
    connection.phase = .abandoned
    connection.deadline = .max
    connection.unread = []
    _ = budget.count(connection)
    connection.socket.interrupt()
  }

  private func forget(_ connection: ServedConnection) {
    guard connections.removeValue(forKey: connection.id) != nil else { return }
    if connection.phase == .reading { connection.socket.session?.end() }
    budget.release(connection)
    let others = perAddress[connection.peer.address, default: 1] - 1
    perAddress[connection.peer.address] = others > 0 ? others : nil
  }

  /// Does what the socket is ready for, unless the connection has been closed since it was polled.
  func serve(_ connection: ServedConnection, _ ready: Int32) {
    guard connections[connection.id] != nil else { return }
    switch connection.phase {
    case .handshaking: shakeHands(connection)
    case .reading: read(connection)
    case .awaitingReply where ready & (POLLHUP | POLLERR) != 0: drop(connection)
    case .replying: write(connection)
    case .lingering: discard(connection)
    case .awaitingReply, .abandoned: break
    }
  }

  // MARK: reading

  private func read(_ connection: ServedConnection) {
    var bytes: [UInt8] = []
    switch connection.socket.receive(into: &bytes) {
    case .bytes:
      connection.unread = bytes[...]
      findMessage(connection)
    case .nothing: break
    case .ended, .broken:
      if connection.reader.isWithinBlock { report(.cutShort, connection.peer) }
      drop(connection)
    }
  }

  private func findMessage(_ connection: ServedConnection) {
    do throws(MLLPViolation) {
      let message = try connection.reader.next(&connection.unread)
      if let message { return handOn(message, of: connection) }
      guard budget.count(connection) else { return close(connection, .memoryExhausted) }
      awaitMore(connection)
    } catch {
      report(.violation(error), connection.peer)
      farewell(connection)
    }
  }

  /// Line ends between messages do not put the end of an idle connection off.
  private func awaitMore(_ connection: ServedConnection) {
    guard connection.reader.isWithinBlock else { return }
    let began = connection.messageBegan ?? MonotonicClock.now
    connection.messageBegan = began
    connection.deadline = began + deadlines.message(ofBytes: connection.reader.heldBytes)
  }

  private func handOn(_ message: [UInt8], of connection: ServedConnection) {
    connection.handedBytes = message.count
    guard budget.count(connection) else {
      connection.handedBytes = 0
      return close(connection, .memoryExhausted)
    }
    connection.phase = .awaitingReply
    connection.unread = Array(connection.unread)[...]
    connection.messageBegan = nil
    connection.deadline = .max
    judgeAnew(connection)
    handler(
      MLLPMessage(bytes: message, peer: connection.peer), MLLPReply(to: connection.id, through: mailbox))
  }

  // MARK: replying

  func deliver(_ answer: Answer, to id: UInt64) {
    guard let connection = connections[id] else { return }
    connection.handedBytes = 0
    _ = budget.count(connection)
    guard connection.phase == .awaitingReply else { return forget(connection) }
    switch answer {
    case .block(let block): beginReply(block[...], on: connection)
    case .nothing: endExchange(connection)
    case .dropped:
      report(.unanswered, connection.peer)
      connection.phase = .reading
      farewell(connection)
    }
  }

  private func beginReply(_ block: ArraySlice<UInt8>, on connection: ServedConnection) {
    connection.unsent = block
    connection.phase = .replying
    connection.deadline = MonotonicClock.now + deadlines.reply
    write(connection)
  }

  private func write(_ connection: ServedConnection) {
    switch connection.socket.send(connection.unsent) {
    case .bytes(let count):
      connection.unsent = connection.unsent.dropFirst(count)
      if connection.unsent.isEmpty { endExchange(connection) }
    case .nothing: break
    case .ended, .broken: drop(connection)
    }
  }

  private func endExchange(_ connection: ServedConnection) {
    connection.unsent = []
    connection.phase = .reading
    connection.deadline = MonotonicClock.now + deadlines.idle
    if isDraining { return farewell(connection) }
    if !connection.unread.isEmpty { findMessage(connection) }
  }

  // MARK: leaving

  /// Closes so that the last reply arrives: a close with bytes unread would reset the connection instead.
  private func farewell(_ connection: ServedConnection) {
    guard connection.socket.hasUnread else { return drop(connection) }
    connection.forgetUnread()
    _ = budget.count(connection)
    connection.phase = .lingering
    connection.deadline = MonotonicClock.now + Deadlines.linger
    connection.socket.endWriting()
  }

  private func discard(_ connection: ServedConnection) {
    var bytes: [UInt8] = []
    if case .bytes = connection.socket.receive(into: &bytes) { return }
    drop(connection)
  }
}
