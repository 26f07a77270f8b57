import CCurl

extension EasyHandle {
  /// Makes the handle ready to carry the transfer and nothing else: all that libcurl would do by itself
  /// (proxies, redirects, cookies, credentials, other protocols) is off.
  func prepare(
    for transfer: Transfer, configuration: HTTPClientConfiguration, patience: Duration
  ) throws(HTTPClientError) {
    let request = transfer.request
    try keepErrors()
    try set(transfer.callbacks)
    try set(CURLOPT_URL, request.url)
    try setMessage(request)
    try setReach(request.policy)
    try setTLS(request)
    try setConnection(configuration)
    try set(CURLOPT_CONNECTTIMEOUT_MS, Self.milliseconds(request.connectLimit))
    try set(CURLOPT_TIMEOUT_MS, Self.milliseconds(patience))
  }

  private func setMessage(_ request: HTTPClientRequest) throws(HTTPClientError) {
    if request.method == "HEAD" {
      try set(CURLOPT_NOBODY, 1)
    } else if request.body.isEmpty, !["POST", "PUT", "PATCH"].contains(request.method) {
      try set(CURLOPT_HTTPGET, 1)
    } else {
      try set(CURLOPT_POST, 1)
      try setSize(CURLOPT_POSTFIELDSIZE_LARGE, request.body.count)
      // A body that libcurl has leaves with the header in one write, and needs no buffer of 64 KiB to be read into.
      if 1...Self.mostAtOnce ~= request.body.count { try setBody(request.body) }
    }
    try set(CURLOPT_CUSTOMREQUEST, request.method)
    if request.method != "HEAD" { try setSize(CURLOPT_MAXFILESIZE_LARGE, max(1, request.maximumAnswerBytes)) }
    try setHeaders(Self.headerLines(request))
    if request.acceptsGzip { try set(CURLOPT_ACCEPT_ENCODING, "gzip") }
    try set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
    try set(CURLOPT_HTTP09_ALLOWED, 0)
  }

  /// Below what libcurl puts behind a header at most.
  private static let mostAtOnce = 32 << 10

  /// A field without a value is written with a semicolon; a name alone takes back what libcurl would add.
  private static func headerLines(_ request: HTTPClientRequest) -> [String] {
    let given = request.headers.map { field in
      let isBlank = field.value.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 }
      return isBlank ? "\(field.name);" : "\(field.name): \(field.value)"
    }
    let unasked = ["Accept", "Content-Type", "Expect"].filter { name in
      !request.headers.contains { $0.name.equalsIgnoringCase(name) }
    }
    return given + unasked.map { "\($0):" }
  }

  private func setReach(_ policy: HTTPClientPolicy) throws(HTTPClientError) {
    try set(CURLOPT_PROTOCOLS_STR, policy.schemes.map(\.rawValue).sorted().joined(separator: ","))
    try set(CURLOPT_FOLLOWLOCATION, 0)
    try set(CURLOPT_PROXY, "")
    try set(CURLOPT_NOPROXY, "*")
    try set(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue))
    try set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1)
  }

  /// Sessions are not resumed, so that a renewed certificate counts from the next connection on.
  private func setTLS(_ request: HTTPClientRequest) throws(HTTPClientError) {
    try set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
    try set(CURLOPT_SSL_VERIFYPEER, 1)
    try set(CURLOPT_SSL_VERIFYHOST, 2)
    try set(CURLOPT_SSL_SESSIONID_CACHE, 0)
    if case .authorities(let file) = request.trust {
      try set(CURLOPT_CAINFO, file)
      try set(CURLOPT_CAPATH, nil)
    }
    guard let identity = request.identity else { return }
    try set(CURLOPT_SSLCERT, identity.certificateFile)
    try set(CURLOPT_SSLKEY, identity.keyFile)
  }

  /// A look-up that hangs is left to its own thread, or all transfers would wait for it.
  private func setConnection(_ configuration: HTTPClientConfiguration) throws(HTTPClientError) {
    try set(CURLOPT_NOSIGNAL, 1)
    try set(CURLOPT_TCP_NODELAY, 1)
    try set(CURLOPT_QUICK_EXIT, 1)
    try set(CURLOPT_MAXAGE_CONN, Self.milliseconds(configuration.idleLimit) / 1000)
    try set(CURLOPT_MAXLIFETIME_CONN, Self.milliseconds(configuration.connectionLifetime) / 1000)
  }

  /// At least one: zero would stand for no limit.
  private static func milliseconds(_ duration: Duration) -> Int {
    Int(min(max(1, duration.milliseconds), Int64(Int32.max)))
  }
}
