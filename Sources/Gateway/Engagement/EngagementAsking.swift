import Documents
import Formats
import HTTP

/// Asks the engagement index FindContent, one question at a time.
struct EngagementAsking: Sendable {
  /// Why there is no answer, without patient data.
  struct Fault: Error, Equatable {
    let problem: String
  }

  private static let limit = Duration.seconds(27)

  let target: HTTPTarget
  let client: HTTPClient

  init(_ target: HTTPTarget) throws(HTTPClientError) {
    self.target = target
    client = try HTTPClient()
  }

  /// The answer to a question, both without envelopes; waits.
  func ask(_ document: [UInt8]) throws(Fault) -> [UInt8] {
    var request = target.request
    request.limit = Self.limit
    request.headers.append((name: "Content-Type", value: SOAPEnvelope.type))
    if let token = target.token {
      guard let value = token.value() else { throw Fault(problem: "the token for FindContent can't be read") }
      request.headers.append((name: "Authorization", value: "Bearer \(value)"))
    }
    request.body = SOAPEnvelope.around(document, for: target.soap?.logicalAddress ?? "")
    guard let answer = try? client.send(request) else {
      throw Fault(problem: "the index does not answer FindContent")
    }
    guard answer.status == 200, let content = Self.content(of: answer.body) else {
      throw Fault(problem: "the index answers FindContent with \(answer.status) or no answer of its contract")
    }
    return content
  }

  /// What is in the envelope's body, a document of its own.
  private static func content(of envelope: [UInt8]) -> [UInt8]? {
    let names = NameTableBuilder().build()
    var forest = Forest(names: names, reserving: envelope.count)
    guard let root = try? XMLReader().read(envelope, named: "answer", into: &forest),
      let body = forest.elements(root, called: "Body").first,
      let content = forest.elements(body, called: "FindContentResponse").first
    else { return nil }
    return XMLWriter(names: names).bytes(content, of: forest)
  }
}
