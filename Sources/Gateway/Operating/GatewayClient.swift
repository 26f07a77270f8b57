public import Foundation
import HTTP

/// Talks to a running gateway for the command line.
public struct GatewayClient: Sendable {
  private let url: String
  private let token: String?
  private let client: HTTPClient

  /// What the gateway answered.
  public struct Answer: Sendable {
    /// The HTTP status.
    public let status: Int
    /// The body's media type, as sent.
    public let contentType: String
    /// The body.
    public let body: Data
  }

  /// - Parameters:
  ///   - url: where the gateway listens, `http://127.0.0.1:8080`.
  ///   - token: the bearer token, for gateways that want one.
  /// - Throws: `HTTPClientError`.
  public init(url: String, token: String?) throws {
    self.url = url.hasSuffix("/") ? String(url.dropLast()) : url
    self.token = token
    client = try HTTPClient()
  }

  /// Sends a request and waits for its answer.
  /// - Parameters:
  ///   - path: begins with a slash; its own query is kept.
  ///   - query: names and values as they are; those without a value are left out.
  /// - Throws: `HTTPClientError` when there is no answer.
  public func send(
    _ method: String, _ path: String, _ query: [(name: String, value: String?)] = [],
    body: Data = Data(), contentType: String? = nil
  ) throws -> Answer {
    var request = HTTPClientRequest(method: method, url: url + path + Self.text(query), body: Array(body))
    if let contentType { request.headers.append((name: "Content-Type", value: contentType)) }
    if let token { request.headers.append((name: "Authorization", value: "Bearer \(token)")) }
    request.limit = .seconds(120)
    request.maximumAnswerBytes = 256 << 20
    request.policy = HTTPClientPolicy(
      schemes: [.http, .https], networks: [.loopback, .private, .public])
    let answer = try client.send(request)
    return Answer(
      status: answer.status, contentType: answer.header("Content-Type") ?? "application/octet-stream",
      body: Data(answer.body))
  }

  private static func text(_ query: [(name: String, value: String?)]) -> String {
    let fields = query.compactMap { name, value in value.map { "\(name)=\(escaped($0))" } }
    return fields.isEmpty ? "" : "?" + fields.joined(separator: "&")
  }

  private static func escaped(_ text: String) -> String {
    text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
  }
}
