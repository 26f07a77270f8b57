import Cryptography
import Foundation

/// Making a connection to one of a host's addresses.
struct Connecting {
  let host: String
  let port: UInt16
  /// For TLS; nil for plain TCP.
  let credentials: TLSCredentials?
  let patience: Duration
  /// Told of each socket before it is used, so that another thread can interrupt it; false for no more.
  let announce: (Socket) -> Bool

  func connect() throws(MLLPError) -> Socket {
    let addresses = SocketAddress.all(of: host, port: port)
    guard !addresses.isEmpty else { throw .notSent(.hostNotFound) }
    let deadline = MonotonicClock.now + patience.nanoseconds
    var reason: Int32 = 0
    for address in addresses {
      guard let socket = Socket.make(address.family, secure: secure) else {
        reason = errno
        continue
      }
      guard announce(socket) else { throw .notSent(.closed) }
      reason = try connect(socket, to: address, until: deadline)
      guard reason != 0 else {
        try shakeHands(socket, until: deadline)
        return socket
      }
    }
    throw Self.failure(reason)
  }

  private func secure(_ descriptor: Int32) -> TLSSession? {
    credentials.flatMap { TLSSession(client: $0, host: host, socket: descriptor) }
  }

  private func shakeHands(_ socket: Socket, until deadline: Int64) throws(MLLPError) {
    guard credentials != nil else { return }
    guard let session = socket.session else { throw Self.failure(ENOMEM) }
    while true {
      switch session.handshake() {
      case .wantsToRead: try wait(for: socket, POLLIN, until: deadline)
      case .wantsToWrite: try wait(for: socket, POLLOUT, until: deadline)
      case .failed(let fault): throw .notSent(.handshakeFailed(fault))
      case .done:
        guard case .refused(let refusal) = session.peer else { return }
        throw .notSent(.handshakeFailed(.untrusted(refusal)))
      }
    }
  }

  private func wait(for socket: Socket, _ events: Int32, until deadline: Int64) throws(MLLPError) {
    guard MonotonicClock.now < deadline, Polling.wait(for: socket, events, until: deadline) else {
      throw .notSent(.connectTimeOut)
    }
  }

  /// The system's error number; 0 when it is connected.
  private func connect(
    _ socket: Socket, to address: SocketAddress, until deadline: Int64
  ) throws(MLLPError) -> Int32 {
    socket.setForBlocks()
    let result = address.withPointer { Foundation.connect(socket.descriptor, $0, $1) }
    guard result != 0 else { return 0 }
    guard errno == EINPROGRESS || errno == EINTR else { return errno }
    guard Polling.wait(for: socket, POLLOUT, until: deadline) else { throw .notSent(.connectTimeOut) }
    return socket.pendingError
  }

  private static func failure(_ number: Int32) -> MLLPError {
    .notSent(.cannotConnect(reason: String(cString: strerror(number))))
  }
}

extension Socket {
  /// What came of connecting: the system's error number, or 0.
  fileprivate var pendingError: Int32 {
    var (number, size) = (Int32(0), socklen_t(MemoryLayout<Int32>.size))
    getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &number, &size)
    return number
  }

  /// Whether nothing has happened on a kept connection that makes it unfit for another message.
  ///
  /// Line ends may stand between blocks; anything else, such as a late acknowledgement, could be taken for
  /// the next message's.
  var isQuiet: Bool {
    var bytes: [UInt8] = []
    while true {
      switch receive(into: &bytes) {
      case .nothing: return true
      case .bytes where bytes.allSatisfy(MLLPBlock.isFiller): continue
      case .bytes, .ended, .broken: return false
      }
    }
  }
}
