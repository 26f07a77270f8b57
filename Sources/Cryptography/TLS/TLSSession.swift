import CGnuTLS

/// One TLS connection over a socket that does not block. For one thread at a time.
///
/// TLS 1.3 and 1.2 only. A client's handshake fails when the server's certificate is not believed or is
/// another host's; a server looks at ``peer`` after the handshake.
public final class TLSSession: @unchecked Sendable {
  /// What came of a step of the handshake.
  public enum Step: Sendable, Equatable {
    case done
    case wantsToRead
    case wantsToWrite
    case failed(HandshakeFault)
  }

  /// What came of reading or writing.
  public enum Transfer: Sendable, Equatable {
    case bytes(Int)
    /// Not now. What was to be sent must be offered again as it is.
    case nothing
    /// The peer has ended its side as TLS wants it.
    case ended
    case broken
  }

  /// The protocol versions and algorithms, as GnuTLS's priority strings name them.
  public static let priorities = "SECURE128:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"

  private let session: gnutls_session_t
  /// All that the session ever used, the last in use; they must outlive it.
  private var credentials: [TLSCredentials]
  private let purpose: Verification.Purpose

  /// A server's side; nil when no memory is left.
  public convenience init?(server credentials: TLSCredentials, socket: Int32) {
    self.init(credentials, GNUTLS_SERVER, socket, peersAre: .client)
    let wish = credentials.hasAuthorities ? GNUTLS_CERT_REQUEST : GNUTLS_CERT_IGNORE
    gnutls_certificate_server_set_request(session, wish)
  }

  /// A client's side; nil when no memory is left.
  /// - Parameter host: the name or address that the server's certificate must be for.
  public convenience init?(client credentials: TLSCredentials, host: String, socket: Int32) {
    self.init(credentials, GNUTLS_CLIENT, socket, peersAre: .server)
    let isName =
      !host.utf8.allSatisfy { (0x30...0x3A).contains($0) || $0 == UInt8(ascii: ".") } && !host.contains(":")
    if isName { gnutls_server_name_set(session, GNUTLS_NAME_DNS, host, host.utf8.count) }
    self.host = sluss_gnutls_copy(host)
    gnutls_session_set_verify_cert(session, self.host, 0)
  }

  /// The library keeps this pointer, not the text.
  private var host: UnsafeMutablePointer<CChar>?

  private init?(
    _ credentials: TLSCredentials, _ side: gnutls_init_flags_t, _ socket: Int32,
    peersAre purpose: Verification.Purpose
  ) {
    var made: gnutls_session_t?
    let flags = side.rawValue | GNUTLS_NONBLOCK.rawValue | GNUTLS_NO_SIGNAL.rawValue
    guard gnutls_init(&made, flags) == 0, let made else { return nil }
    session = made
    self.credentials = [credentials]
    self.purpose = purpose
    guard gnutls_priority_set_direct(made, Self.priorities, nil) == 0,
      gnutls_credentials_set(made, GNUTLS_CRD_CERTIFICATE, UnsafeMutableRawPointer(credentials.handle)) == 0
    else { return nil }
    gnutls_transport_set_int2(made, socket, socket)
    gnutls_handshake_set_timeout(made, 0)
  }

  deinit {
    gnutls_deinit(session)
    sluss_gnutls_free(host)
  }

  /// Goes on with the handshake as far as the socket lets it.
  public func handshake() -> Step {
    while true {
      let code = gnutls_handshake(session)
      if code == 0 { return .done }
      if code == GNUTLS_E_AGAIN { return wantsToWrite ? .wantsToWrite : .wantsToRead }
      guard gnutls_error_is_fatal(code) == 0 else { return .failed(fault(code)) }
    }
  }

  private func fault(_ code: Int32) -> HandshakeFault {
    guard code == GNUTLS_E_CERTIFICATE_VERIFICATION_ERROR else {
      return .broken(reason: String(cString: gnutls_strerror(code)))
    }
    return .untrusted(CertificateRefusal(status: gnutls_session_get_verify_cert_status(session)) ?? .invalid)
  }

  private var wantsToWrite: Bool { sluss_gnutls_wants_write(session) != 0 }

  /// Who the peer is, after the handshake.
  public var peer: PeerIdentity {
    credentials.last.map { Verification.identity(of: session, $0, as: purpose) } ?? .anonymous
  }

  /// Judges the peer of an open connection by these from now on; whether they are others than before.
  public func adopt(_ renewed: TLSCredentials) -> Bool {
    guard credentials.last !== renewed else { return false }
    gnutls_credentials_set(session, GNUTLS_CRD_CERTIFICATE, UnsafeMutableRawPointer(renewed.handle))
    credentials.append(renewed)
    return true
  }

  /// Reads what is there. With room for 16 KiB, the longest record, nothing stays behind unseen by poll(2).
  public func receive(into buffer: UnsafeMutableRawBufferPointer) -> Transfer {
    transfer { gnutls_record_recv(session, buffer.baseAddress, buffer.count) }
  }

  /// Sends what the socket takes.
  public func send(_ bytes: ArraySlice<UInt8>) -> Transfer {
    bytes.withUnsafeBytes { bytes in
      transfer { gnutls_record_send(session, bytes.baseAddress, bytes.count) }
    }
  }

  /// Tells the peer, if the socket takes it at once, that nothing more will come.
  public func end() {
    _ = gnutls_bye(session, GNUTLS_SHUT_WR)
  }

  private func transfer(_ step: () -> Int) -> Transfer {
    while true {
      let count = step()
      if count > 0 { return .bytes(count) }
      if count == 0 { return .ended }
      if count == Int(GNUTLS_E_AGAIN) { return .nothing }
      guard count == Int(GNUTLS_E_INTERRUPTED) || isHarmless(count) else { return .broken }
    }
  }

  /// A warning that changes nothing. A wish to begin anew is none: nobody has a reason for it, and it would
  /// change the peer's identity under our hands.
  private func isHarmless(_ code: Int) -> Bool {
    code != Int(GNUTLS_E_REHANDSHAKE) && gnutls_error_is_fatal(Int32(truncatingIfNeeded: code)) == 0
  }
}

/// Why a handshake failed.
public enum HandshakeFault: Error, Sendable, Equatable, CustomStringConvertible {
  /// The peer's certificate is not believed.
  case untrusted(CertificateRefusal)
  /// The connection ended, or the two have nothing in common; the library's reason.
  case broken(reason: String)

  /// A few words for the operator.
  public var description: String {
    switch self {
    case .untrusted(let refusal): refusal.words
    case .broken(let reason): reason
    }
  }
}
