import Diagnostics
import Documents
import HTTP
import Mapping

/// A small JSON object, written member by member.
struct JSONObject {
  private var members: [String] = []

  /// Adds a text.
  mutating func add(_ name: String, _ text: String?) {
    guard let text else { return }
    members.append("\(JSONRenderer.quote(name)):\(JSONRenderer.quote(text))")
  }

  /// Adds something that is JSON already.
  mutating func add(_ name: String, json: String?) {
    guard let json else { return }
    members.append("\(JSONRenderer.quote(name)):\(json)")
  }

  var text: String { "{\(members.joined(separator: ","))}" }
}

extension HTTPResponse {
  /// A JSON answer.
  static func json(_ status: Int, _ text: String, headers: [(name: String, value: String)] = [])
    -> HTTPResponse
  {
    HTTPResponse(
      status: status, headers: [(name: "Content-Type", value: "application/json")] + headers,
      body: Array(text.utf8))
  }

  /// An answer that says what is wrong in one sentence.
  static func problem(_ status: Int, _ title: String, id: String? = nil) -> HTTPResponse {
    var object = JSONObject()
    object.add("error", title)
    object.add("id", id)
    return .json(status, object.text)
  }

  /// A refused message: its diagnostics, and its id when it was kept.
  static func refused(_ diagnostics: [Diagnostic], id: String?) -> HTTPResponse {
    var object = JSONObject()
    object.add("error", "the message is refused")
    object.add("id", id)
    object.add("diagnostics", json: JSONRenderer().render(diagnostics))
    let isUnreadable = diagnostics.contains { $0.code.rawValue.hasPrefix("SL01") }
    return .json(isUnreadable ? 400 : 422, object.text)
  }

  /// The name of a mapping that is not served, with a near one.
  static func noMapping(_ name: String, among served: ServedMappings) -> HTTPResponse {
    let near = NearNames.of(name, among: served.mappings.keys).first.map { ", did you mean \($0)?" } ?? ""
    return .problem(404, "there is no mapping of this name\(near)")
  }

  static func notAllowed(_ allowed: String) -> HTTPResponse {
    .json(
      405, "{\"error\":\"only \(allowed) is understood here\"}", headers: [(name: "Allow", value: allowed)])
  }

  static let overloaded = HTTPResponse.json(
    503, "{\"error\":\"too much waits to be stored\"}", headers: [(name: "Retry-After", value: "1")])

  /// The disk is full or fails: nothing was stored, and the same message may come again.
  static let notStored = HTTPResponse.json(
    503, "{\"error\":\"the message could not be stored\"}", headers: [(name: "Retry-After", value: "10")])
}

extension Format {
  /// The media type of documents of this format.
  var mediaType: String {
    switch self {
    case .json: "application/json"
    case .xml: "application/xml"
    case .hl7v2: "application/hl7-v2"
    case .csv: "text/csv"
    }
  }
}

extension Mapping {
  /// The media type of its documents; RFC 7111 wants the encoding of CSV said.
  var mediaType: String {
    guard format == .csv else { return format.mediaType }
    let charset = table.dialect.encoding == .windows1252 ? "windows-1252" : "utf-8"
    return "\(format.mediaType); charset=\(charset); header=present"
  }
}
