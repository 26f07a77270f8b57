import CMicroHTTPD
import Cryptography

/// What one connection runs over: TCP, or TLS over it. Used on the connection's own server thread only.
final class Line {
  private let address: String
  private let session: BorrowedSession?
  private let certificates: RenewableCredentials?
  /// All that the session ever used must live as long as it does.
  private var held: [TLSCredentials] = []
  private var knownPeer: HTTPPeer?

  /// To be made when the connection begins, before its handshake.
  init(_ connection: OpaquePointer, _ certificates: RenewableCredentials?) {
    address = Self.address(of: connection)
    session = sluss_mhd_tls_session(connection).map(BorrowedSession.init)
    self.certificates = certificates
    useCurrent()
  }

  /// Whether these are others than before.
  @discardableResult
  private func useCurrent() -> Bool {
    guard let session, let current = certificates?.current, held.last !== current else { return false }
    session.use(current)
    held.append(current)
    return true
  }

  /// Who the client is; known after the handshake, and judged anew when the certificates, or the lists of
  /// revoked ones, have been renewed.
  var peer: HTTPPeer {
    if !useCurrent(), let knownPeer { return knownPeer }
    let identity = held.last.flatMap { session?.client(by: $0) } ?? .anonymous
    let peer = HTTPPeer(address: address, isEncrypted: session != nil, identity: identity)
    knownPeer = peer
    return peer
  }

  /// Sends bytes past the library, as far as they leave at once.
  func send(_ bytes: [UInt8], on socket: Int32) {
    guard let session else {
      _ = sluss_send_now(socket, bytes, bytes.count)
      return
    }
    session.send(bytes)
  }

  private static func address(of connection: OpaquePointer) -> String {
    var text = [CChar](repeating: 0, count: 46)
    guard sluss_mhd_peer_address(connection, &text, 46) != 0 else { return "" }
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
