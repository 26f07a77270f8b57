/// The rules that libmicrohttpd does not enforce (RFC 9112 sections 2.2, 3.2, 5, 6 and 11.2).
///
/// A request that two parsers could frame differently is refused, so nothing can be smuggled past
/// a proxy in front of the gateway.
struct Gate: Sendable {
  let maximumBodyBytes: Int

  /// Sets ``RequestHead/contentLength``; a refusal when the request may not pass.
  func check(_ head: inout RequestHead) -> Refusal? {
    guard head.version == "HTTP/1.1" || head.version == "HTTP/1.0" else { return .unsupportedVersion }
    guard Self.isToken(head.method) else { return .malformedMethod }
    return checkFields(head) ?? checkHost(head) ?? checkFraming(&head)
  }

  private func checkFields(_ head: RequestHead) -> Refusal? {
    for field in head.fields {
      guard Self.isToken(field.name) else { return .malformedName }
      guard Self.isClean(field.value) else { return .controlCharacter }
    }
    return nil
  }

  private func checkHost(_ head: RequestHead) -> Refusal? {
    let hosts = head.values("host")
    guard hosts.count <= 1 else { return .repeatedField }
    guard let host = hosts.first else { return head.version == "HTTP/1.1" ? .missingHost : nil }
    return host.utf8.allSatisfy(Self.isHostCharacter) ? nil : .malformedHost
  }

  private func checkFraming(_ head: inout RequestHead) -> Refusal? {
    let (lengths, codings) = (head.values("content-length"), head.values("transfer-encoding"))
    guard lengths.count <= 1, codings.count <= 1 else { return .repeatedField }
    guard lengths.isEmpty || codings.isEmpty else { return .bothLengths }
    if let coding = codings.first { return checkCoding(coding, &head) }
    if let length = lengths.first { return checkLength(length, &head) }
    return ["POST", "PUT", "PATCH"].contains(head.method) ? .lengthRequired : nil
  }

  private func checkCoding(_ coding: String, _ head: inout RequestHead) -> Refusal? {
    guard head.version == "HTTP/1.1" else { return .codingBeforeHTTP11 }
    guard coding.equalsIgnoringCase("chunked") else { return .unknownCoding }
    head.contentLength = nil
    return nil
  }

  private func checkLength(_ text: String, _ head: inout RequestHead) -> Refusal? {
    guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return .malformedLength }
    guard let length = Int(text), length <= maximumBodyBytes else { return .bodyTooLong }
    head.contentLength = length
    return nil
  }

  /// RFC 9110 section 5.6.2.
  static func isToken(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { isLetterOrDigit($0) || "!#$%&'*+-.^_`|~".utf8.contains($0) }
  }

  /// RFC 9110 section 5.5: no control character but the tab.
  static func isClean(_ value: String) -> Bool {
    value.utf8.allSatisfy { ($0 >= 0x20 || $0 == 0x09) && $0 != 0x7F }
  }

  private static func isHostCharacter(_ byte: UInt8) -> Bool {
    isLetterOrDigit(byte) || ".-_~:[]%".utf8.contains(byte)
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte.asciiLowercase)
  }
}

extension RequestHead {
  fileprivate func values(_ name: String) -> [String] {
    fields.filter { $0.name.equalsIgnoringCase(name) }.map(\.value)
  }
}
