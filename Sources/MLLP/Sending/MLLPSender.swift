public import Cryptography
import Foundation
import Synchronization

/// Sends HL7 messages over MLLP to one receiver, one at a time, and waits for their acknowledgements, over
/// TLS or plain TCP.
///
/// The connection is kept for the next message and made anew when the receiver has closed it. An
/// acknowledgement is only ever taken for the message that was sent last on its connection: after a time-out,
/// and after anything that came unasked, the connection is closed (Mirth #1314 tells what happens otherwise).
/// Threads that send at the same time wait for each other.
public final class MLLPSender: Sendable {
  private struct Interruption {
    var isClosed = false
    var socket: Socket?
  }

  private let host: String
  private let port: UInt16
  private let tls: RenewableCredentials?
  private let configuration: MLLPSenderConfiguration
  /// Kept between messages; locked for as long as one is under way.
  private let kept = Mutex<Socket?>(nil)
  private let interruption = Mutex(Interruption())

  /// A sender to a host, by name or numeric address; nothing is connected before the first message.
  ///
  /// The look-up of a name takes as long as the system's resolver lets it.
  /// - Parameter tls: the authorities that the receiver's certificate is believed by, and, where it asks for
  ///   one, the own certificate; nil for plain TCP. The receiver's certificate must be for the host.
  public init(
    host: String, port: UInt16, tls: RenewableCredentials? = nil,
    configuration: MLLPSenderConfiguration = MLLPSenderConfiguration()
  ) {
    self.host = host
    self.port = port
    self.tls = tls
    self.configuration = configuration
  }

  deinit {
    close()
  }

  /// Sends a message and gives the bytes of its acknowledgement, see ``Acknowledgement``; blocks meanwhile.
  /// - Parameter limit: how long the acknowledgement may take; the configuration's deadline without it.
  /// - Throws: ``MLLPError``, which tells what was not sent from what may have been received.
  public func send(_ message: [UInt8], within limit: Duration? = nil) throws(MLLPError) -> [UInt8] {
    guard let block = MLLPBlock.framing(message) else { throw .notSent(.notFramable) }
    return try kept.withLock { (kept: inout Socket?) throws(MLLPError) -> [UInt8] in
      defer { if kept == nil { forgetSocket() } }
      let previous = kept.take().flatMap { $0.isQuiet ? $0 : nil }
      let limit = limit ?? configuration.answerDeadline
      if let previous, let answer = try exchange(block, over: previous, limit, keeping: &kept) {
        return answer
      }
      if let answer = try exchange(block, over: connect(), limit, keeping: &kept) { return answer }
      throw .notSent(isClosed ? .closed : .connectionLost)
    }
  }

  /// Closes the connection for good, under a message under way too; later messages are not sent.
  public func close() {
    interruption.withLock {
      $0.isClosed = true
      $0.socket?.interrupt()
      $0.socket = nil
    }
    _ = kept.withLockIfAvailable { $0 = nil }
  }

  /// Lets go of a socket that will not be used again, which closes it.
  private func forgetSocket() {
    interruption.withLock { $0.socket = nil }
  }

  private var isClosed: Bool { interruption.withLock { $0.isClosed } }

  private func connect() throws(MLLPError) -> Socket {
    // Certificates run out and are exchanged; while the new files can't be read, the old ones count.
    try? tls?.renew()
    let connecting = Connecting(
      host: host, port: port, credentials: tls?.current, patience: configuration.connectDeadline
    ) { socket in
      self.interruption.withLock {
        guard !$0.isClosed else { return false }
        $0.socket = socket
        return true
      }
    }
    do throws(MLLPError) {
      return try connecting.connect()
    } catch {
      throw isClosed ? .notSent(.closed) : error
    }
  }

  /// Nil when the connection broke before it took a byte, so that another one may be tried.
  private func exchange(
    _ block: [UInt8], over socket: Socket, _ limit: Duration, keeping kept: inout Socket?
  ) throws(MLLPError) -> [UInt8]? {
    guard !isClosed else { throw .notSent(.closed) }
    let deadline = MonotonicClock.now + limit.nanoseconds
    var sent = SentBlock(block, over: socket, until: deadline)
    do throws(SentBlock.Failure) {
      let (answer, isClean) = try sent.exchange(maximumAnswerBytes: configuration.maximumAnswerBytes)
      if isClean { kept = socket }
      return answer
    } catch {
      if sent.isPartial { socket.resetOnClose() }
      guard sent.hasBegun else { return nil }
      throw .unknown(isClosed ? .closed : error.told)
    }
  }
}

extension SentBlock.Failure {
  fileprivate var told: MLLPError.Unknown {
    switch self {
    case .timeOut: .answerTimeOut
    case .lost: .connectionLost
    case .notABlock(let violation): .notABlock(violation)
    }
  }
}
