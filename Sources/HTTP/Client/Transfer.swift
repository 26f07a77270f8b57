/// One request and what has come back. After it was handed over, only the client's thread touches it.
final class Transfer: @unchecked Sendable {
  typealias Completion = @Sendable (Result<HTTPClientAnswer, HTTPClientError>) -> Void

  /// Bytes of header fields that an answer may have, interim answers and trailers included.
  private static let maximumHeaderBytes = 64 << 10

  let request: HTTPClientRequest
  let origin: Origin
  /// A monotonic time.
  let deadline: Int64
  let completion: Completion
  private var bodySent = 0
  private var headerBytes = 0
  private(set) var answerBody: [UInt8] = []
  /// Whether libcurl was let off to write to a connection, so that something may have left.
  private(set) var isSent = false
  /// Whether libcurl, finding a kept connection dead, asked to send everything once more.
  private(set) var wasResendRefused = false
  private(set) var wasAddressForbidden = false
  private(set) var isTooLarge = false
  /// Whether the empty line after the answer's header has come; libcurl takes the end of the connection for it.
  private(set) var isHeaderWhole = false

  init(_ request: HTTPClientRequest, to origin: Origin, completion: @escaping Completion) {
    self.request = request
    self.origin = origin
    self.completion = completion
    deadline = MonotonicClock.now + min(max(.zero, request.limit), .seconds(86_400)).nanoseconds
  }

  /// Whether a connection to the address may be opened or used.
  func allows(_ address: [UInt8]) -> Bool {
    let network = HTTPClientPolicy.Network(address: address)
    let isAllowed = network.map(request.policy.networks.contains) ?? false
    if !isAllowed { wasAddressForbidden = true }
    return isAllowed
  }

  /// Whether libcurl may write the request now: once, since it would else repeat even a POST by itself.
  func maySend() -> Bool {
    wasResendRefused = isSent
    isSent = true
    return !wasResendRefused
  }

  /// The next bytes of the request's body; returns how many.
  func readBody(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    request.body.withUnsafeBytes { body in
      let rest = UnsafeRawBufferPointer(rebasing: body[bodySent...].prefix(buffer.count))
      buffer.copyMemory(from: rest)
      bodySent += rest.count
      return rest.count
    }
  }

  /// Whether the answer may go on.
  func appendHeader(_ line: UnsafeRawBufferPointer) -> Bool {
    headerBytes += line.count
    if line.starts(with: "HTTP/".utf8) { isHeaderWhole = false }
    if line.elementsEqual("\r\n".utf8) || line.elementsEqual("\n".utf8) { isHeaderWhole = true }
    isTooLarge = isTooLarge || headerBytes > Self.maximumHeaderBytes
    return !isTooLarge
  }

  /// Whether the answer may go on.
  func appendBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard answerBody.count + bytes.count <= request.maximumAnswerBytes else {
      isTooLarge = true
      return false
    }
    answerBody.append(contentsOf: bytes)
    return true
  }
}
