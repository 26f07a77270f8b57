import CGnuTLS

/// A server's TLS session that another library has made and moves on, such as libmicrohttpd.
///
/// The pointer passes through this type from one face to the other and nowhere else. To be used only on the
/// thread that serves the connection, and before the connection ends.
public struct BorrowedSession: @unchecked Sendable {
  private let session: gnutls_session_t

  /// Takes a `gnutls_session_t`.
  public init(_ pointer: UnsafeMutableRawPointer) {
    session = OpaquePointer(pointer)
  }

  /// Before the handshake: shows this certificate, and asks for one when there are authorities to believe it
  /// by. The credentials must live as long as the session. After the
  /// handshake: judges the client by these from now on.
  public func use(_ credentials: TLSCredentials) {
    gnutls_credentials_set(session, GNUTLS_CRD_CERTIFICATE, UnsafeMutableRawPointer(credentials.handle))
    let wish = credentials.hasAuthorities ? GNUTLS_CERT_REQUEST : GNUTLS_CERT_IGNORE
    gnutls_certificate_server_set_request(session, wish)
  }

  /// After the handshake: who the client is, by the credentials that the session uses.
  public func client(by credentials: TLSCredentials) -> PeerIdentity {
    Verification.identity(of: session, credentials, as: .client)
  }

  /// Sends bytes past the library, as far as they leave at once.
  public func send(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { gnutls_record_send(session, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}
