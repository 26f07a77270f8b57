/// Why the gate turns a request away. The wording never repeats what the client sent.
enum Refusal: CaseIterable {
  case malformedLines, malformedName, controlCharacter, malformedMethod, malformedTarget
  case missingHost, malformedHost, repeatedField, bothLengths, unknownCoding, codingBeforeHTTP11
  case malformedLength, unsupportedVersion, lengthRequired, bodyTooLong, memoryExhausted

  var response: HTTPResponse {
    let retry = self == .memoryExhausted ? [(name: "Retry-After", value: "2")] : []
    return .text(status, reason, headers: retry)
  }

  private var status: Int {
    switch self {
    case .lengthRequired: 411
    case .bodyTooLong: 413
    case .memoryExhausted: 503
    case .unsupportedVersion: 505
    case .unknownCoding: 501
    default: 400
    }
  }

  private var reason: String {
    switch self {
    case .malformedLines: "Every line must end in CR LF and no field may be folded."
    case .malformedName: "A header field has a name that is not a token."
    case .controlCharacter: "A header field has a control character in its value."
    case .malformedMethod: "The method is not a token."
    case .malformedTarget: "The request target is not a clean path."
    case .missingHost: "HTTP/1.1 needs a Host field."
    case .malformedHost: "The Host field is not a host with an optional port."
    case .repeatedField: "Host, Content-Length and Transfer-Encoding may stand once only."
    case .bothLengths: "Content-Length and Transfer-Encoding exclude each other."
    case .unknownCoding: "The only transfer coding is chunked."
    case .codingBeforeHTTP11: "Transfer-Encoding needs HTTP/1.1."
    case .malformedLength: "Content-Length is not a number."
    case .unsupportedVersion: "Only HTTP/1.1 and HTTP/1.0 are spoken here."
    case .lengthRequired: "A body needs Content-Length or Transfer-Encoding: chunked."
    case .bodyTooLong: "The body is longer than this server accepts."
    case .memoryExhausted: "Too many bodies are under way; try again soon."
    }
  }
}
