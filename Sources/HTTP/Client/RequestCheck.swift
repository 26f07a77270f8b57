import Foundation

extension HTTPClientRequest {
  /// Where the request goes. Throws ``HTTPClientError/Unsent/refusedRequest`` when it could be read in two
  /// ways, or is against its policy; the reason names no part of what was given.
  func origin() throws(HTTPClientError) -> Origin {
    guard Gate.isToken(method) else { throw .refused("the method is not a token") }
    guard method != "HEAD" || body.isEmpty else { throw .refused("HEAD has no body") }
    for field in headers { try Self.check(field) }
    guard url.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw .refused("the URL has characters other than visible ASCII")
    }
    guard let origin = Origin(url: url) else { throw .refused("the URL is malformed or has a user name") }
    guard let scheme = HTTPClientPolicy.Scheme(rawValue: origin.scheme), policy.schemes.contains(scheme)
    else {
      throw .refused("the policy does not allow the URL's scheme")
    }
    return origin
  }

  /// RFC 9110 sections 5.1 and 5.5.
  private static func check(_ field: (name: String, value: String)) throws(HTTPClientError) {
    guard Gate.isToken(field.name) else { throw .refused("a header field's name is not a token") }
    guard Gate.isClean(field.value) else { throw .refused("a header field has a control character") }
    guard !framing.contains(where: { field.name.equalsIgnoringCase($0) }) else {
      throw .refused("a header field is one that the client itself writes")
    }
  }

  private static let framing = [
    "Host", "Content-Length", "Transfer-Encoding", "Connection", "Keep-Alive", "Proxy-Connection",
    "Expect", "TE", "Trailer", "Upgrade",
  ]

  /// Throws ``HTTPClientError/Unsent/unreadableCertificate`` when a file that TLS needs is not there.
  func checkFiles() throws(HTTPClientError) {
    var files = identity.map { [$0.certificateFile, $0.keyFile] } ?? []
    if case .authorities(let file) = trust { files.append(file) }
    for file in files where access(file, R_OK) != 0 {
      let reason = String(cString: strerror(errno))
      throw .unsent(.unreadableCertificate, reason: "cannot read \(file): \(reason)")
    }
  }
}

extension HTTPClientError {
  fileprivate static func refused(_ reason: String) -> HTTPClientError {
    .unsent(.refusedRequest, reason: reason)
  }
}
