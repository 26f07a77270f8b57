import CCurl

/// Hands mail in at a server over SMTP. It takes nothing from the environment, like ``HTTPClient``.
public enum MailSender {
  /// Hands the mail in and waits for the server to take it for all receivers.
  /// - Throws: ``MailError``; then it may still have arrived if the connection broke behind its last byte.
  public static func send(_ mail: Mail, over server: MailServer) throws(MailError) {
    if let fault = mail.fault { throw MailError(reply: 0, description: "the mail has \(fault)") }
    var reply = 0
    do throws(HTTPClientError) {
      let carriage = MailCarriage(mail.bytes, networks: server.networks)
      let (easy, receivers) = (try EasyHandle(), try TextList(mail.to.map { "<\($0)>" }))
      try easy.prepare(for: mail, to: receivers, over: server, carriage)
      let code = withExtendedLifetime((carriage, receivers)) { curl_easy_perform(easy.pointer) }
      guard code != CURLE_OK else { return }
      reply = easy.number(CURLINFO_RESPONSE_CODE)
      throw HTTPClientError.unsent(
        .engine, reason: carriage.wasAddressForbidden ? forbidden : String(cString: curl_easy_strerror(code)))
    } catch {
      throw MailError(error, reply)
    }
  }

  private static let forbidden = "its address is in a network that it is not said to be in"
}

extension MailError {
  fileprivate init(_ error: HTTPClientError, _ reply: Int) {
    let reason =
      switch error {
      case .unsent(_, let reason), .uncertain(_, let reason): reason
      }
    let told = reply == 0 ? "" : " (it answers \(reply))"
    self.init(reply: reply, description: "the mail server did not take it: \(reason)\(told)")
  }
}

extension EasyHandle {
  fileprivate func prepare(
    for mail: Mail, to receivers: TextList, over server: MailServer, _ carriage: MailCarriage
  ) throws(HTTPClientError) {
    guard MultiHandle.isStarted else { throw .unsent(.engine, reason: "libcurl does not start") }
    let scheme = server.encryption == .tls ? "smtps" : "smtp"
    let host = server.host.contains(":") ? "[\(server.host)]" : server.host
    try keepErrors()
    try set(carriage.callbacks)
    try set(CURLOPT_URL, "\(scheme)://\(host):\(server.port)/\(Self.name)")
    try set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
    try set(CURLOPT_PROXY, "")
    try set(CURLOPT_NOPROXY, "*")
    try set(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue))
    try set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1)
    try set(CURLOPT_MAIL_FROM, "<\(mail.from)>")
    try set(CURLOPT_MAIL_RCPT, receivers)
    try set(CURLOPT_UPLOAD, 1)
    try set(CURLOPT_NOSIGNAL, 1)
    try set(CURLOPT_CONNECTTIMEOUT_MS, 10_000)
    try set(CURLOPT_TIMEOUT_MS, Int(max(1, server.limit.milliseconds)))
    try protect(server)
  }

  /// The name that the server is greeted with (RFC 5321, section 4.1.1.1).
  private static let name = "sluss.invalid"

  /// A password goes over a protected connection only, or to where the operator has said that none is needed.
  private func protect(_ server: MailServer) throws(HTTPClientError) {
    if server.encryption != .none { try set(CURLOPT_USE_SSL, Int(CURLUSESSL_ALL.rawValue)) }
    try set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
    try set(CURLOPT_SSL_VERIFYPEER, 1)
    try set(CURLOPT_SSL_VERIFYHOST, 2)
    if case .authorities(let file) = server.trust {
      try set(CURLOPT_CAINFO, file)
      try set(CURLOPT_CAPATH, nil)
    }
    guard let credentials = server.credentials else { return }
    try set(CURLOPT_USERNAME, credentials.user)
    try set(CURLOPT_PASSWORD, credentials.password)
  }
}
