import CMicroHTTPD
import Cryptography

/// What one connection runs over: TCP, or TLS over it. Used on the connection's own server thread only.
final class Line {
  private let address: String
  private let session: BorrowedSession?
  /// They must live as long as the session.
  private let credentials: TLSCredentials?
  private var knownPeer: HTTPPeer?

  /// To be made when the connection begins, before its handshake.
  init(_ connection: OpaquePointer, _ credentials: TLSCredentials?) {
    address = Self.address(of: connection)
    session = sluss_mhd_tls_session(connection).map(BorrowedSession.init)
    self.credentials = credentials
    if let credentials { session?.use(credentials) }
  }

  /// Who the client is; known after the handshake.
  var peer: HTTPPeer {
    if let knownPeer { return knownPeer }
    let identity = credentials.flatMap { session?.client(by: $0) } ?? .anonymous
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
