import Cryptography
import Foundation

/// The listening socket.
struct Doorway {
  enum Visit {
    case guest(Socket, MLLPPeer)
    case nobody
    /// The system has no room for another connection now.
    case noRoom
  }

  let socket: Socket
  let port: UInt16
  private let tls: RenewableCredentials?

  init(_ configuration: MLLPConfiguration) throws(MLLPListenerError) {
    guard let address = SocketAddress(configuration.address, port: configuration.port) else {
      throw .notAnAddress(configuration.address)
    }
    guard let socket = Socket.make(address.family), Self.listen(socket, at: address) else {
      throw Self.failure(configuration)
    }
    self.socket = socket
    tls = configuration.tls
    let bound = SocketAddress { getsockname(socket.descriptor, $0, &$1) == 0 }
    port = bound?.peer.port ?? configuration.port
  }

  /// For want of a descriptor, say; the reason is the system's last.
  static func failure(_ configuration: MLLPConfiguration) -> MLLPListenerError {
    .cannotListen(
      address: configuration.address, port: configuration.port, reason: String(cString: strerror(errno)))
  }

  func accept() -> Visit {
    var descriptor: Int32 = -1
    let address = SocketAddress {
      descriptor = Foundation.accept(socket.descriptor, $0, &$1)
      return descriptor >= 0
    }
    guard let address else { return Self.nobody(errno) }
    let session = tls.flatMap { TLSSession(server: $0.current, socket: descriptor) }
    let guest = Socket(descriptor, session: session)
    // Never without TLS where it is wanted: for want of memory, say.
    guard tls == nil || session != nil else { return .nobody }
    guest.setForBlocks()
    return .guest(guest, address.peer)
  }

  private static func nobody(_ number: Int32) -> Visit {
    [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(number) ? .noRoom : .nobody
  }

  private static func listen(_ socket: Socket, at address: SocketAddress) -> Bool {
    socket.set(SOL_SOCKET, SO_REUSEADDR, 1)
    return address.withPointer { bind(socket.descriptor, $0, $1) } == 0
      && Foundation.listen(socket.descriptor, SOMAXCONN) == 0
  }
}
