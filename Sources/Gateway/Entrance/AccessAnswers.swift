import HTTP

extension HTTPResponse {
  /// Turned away: 401 where a token would help (RFC 6750, section 3), else 403.
  static func refused(_ refusal: AccessRefusal) -> HTTPResponse {
    var object = JSONObject()
    object.add("error", refusal.description)
    guard let challenge = refusal.challenge else { return .json(403, object.text) }
    return .json(401, object.text, headers: [(name: "WWW-Authenticate", value: challenge)])
  }

  /// Turned away for some milliseconds (RFC 6585, section 4).
  static func tooManyFailures(_ pause: Int64) -> HTTPResponse {
    let seconds = max(1, (pause + 999) / 1000)
    return .json(
      429, "{\"error\":\"too many failures from this address\"}",
      headers: [(name: "Retry-After", value: "\(seconds)")])
  }
}

extension AccessRefusal {
  fileprivate var challenge: String? {
    switch self {
    case .noCredentials: "Bearer realm=\"sluss\""
    case .unknownToken: "Bearer realm=\"sluss\", error=\"invalid_token\""
    default: nil
    }
  }
}
