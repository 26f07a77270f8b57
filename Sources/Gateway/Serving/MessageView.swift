import Diagnostics
import Foundation
import HTTP
import Mapping
import Store

/// One message as one version of the mappings shows it.
struct MessageView {
  let stored: StoredMessage
  let served: ServedMappings
  let hubFormat: HubFormat
  /// Whether the overview has the message's content and what is made from it.
  let showsBody: Bool

  func answer(_ part: String?, _ name: String?) -> HTTPResponse {
    if part != nil, stored.isContentGone { return .contentGone(removed: stored.bodyRemoved) }
    return whole(part, name)
  }

  private func whole(_ part: String?, _ name: String?) -> HTTPResponse {
    switch (part, name) {
    case (nil, nil): .json(200, overview)
    case ("raw", nil): .document(stored.message.body, stored.message.contentType)
    case ("hub", nil): hub(as: hubFormat)
    case ("as", let name?): translation(to: name)
    default: .problem(404, "a message has raw, hub and as/{mapping}")
    }
  }

  private var overview: String {
    var object = JSONObject()
    let message = stored.message
    object.add("id", message.id)
    object.add("mapping", message.mapping)
    object.add("state", stored.state.rawValue)
    object.add("mappingVersion", stored.mappingVersion)
    object.add("currentMappingVersion", served.mappings[message.mapping]?.version)
    object.add("received", Timestamp.text(milliseconds: message.received))
    object.add("contentType", message.contentType)
    object.add("diagnostics", json: stored.diagnostics.map { String(decoding: $0, as: UTF8.self) })
    object.add(contentOf: stored)
    guard showsBody, !stored.isContentGone else { return object.text }
    if let text = String(validating: message.body, as: UTF8.self) {
      object.add("raw", text)
    } else {
      object.add("rawBase64", Data(message.body).base64EncodedString())
    }
    if stored.state == .translated {
      let hub = hub(as: .json)
      object.add(hub.status == 200 ? "hub" : "hubProblem", json: String(decoding: hub.body, as: UTF8.self))
    }
    object.add("translations", json: translations)
    return object.text
  }

  /// Where the message can be had in each format.
  private var translations: String {
    var links = JSONObject()
    for name in served.mappings.keys.sorted() { links.add(name, "/messages/\(stored.message.id)/as/\(name)") }
    return links.text
  }

  private func hub(as format: HubFormat) -> HTTPResponse {
    translated { translator, source throws(DiagnosticError) in
      var response = HTTPResponse.document(
        try translator.hub(as: format), format.mediaType, by: [source])
      response.headers.append((name: "Vary", value: "Accept"))
      return response
    }
  }

  private func translation(to name: String) -> HTTPResponse {
    guard let target = served.mappings[name] else { return .noMapping(name, among: served) }
    return translated { translator, source throws(DiagnosticError) in
      .document(
        try translator.write(as: target.mapping), target.mapping.mediaType, by: [source, target])
    }
  }

  /// Translates the message into the hub once more, which gives the same as the first time if the mapping's
  /// version is the same, and shows something of it.
  private func translated(
    _ show: (Translator, ServedMappings.Entry) throws(DiagnosticError) -> HTTPResponse
  ) -> HTTPResponse {
    let message = stored.message
    guard let source = served.mappings[message.mapping] else {
      return .problem(409, "the mapping of this message is not loaded")
    }
    return served.translators.lend { translator in
      do throws(DiagnosticError) {
        try translator.read(message.body, as: source.mapping, named: message.id, receipt: message.receipt)
        return try show(translator, source)
      } catch {
        return .refused(error.diagnostics, id: message.id)
      }
    }
  }
}

extension JSONObject {
  /// Why a message's content is not there; nothing when it is.
  mutating func add(contentOf stored: StoredMessage) {
    add("contentRemoved", stored.bodyRemoved.map(Timestamp.text))
    if stored.message.isLost { add("contentLost", json: "true") }
  }
}

extension HTTPResponse {
  /// What was kept for long enough, or whose content key is not there.
  /// - Parameter removed: when it was removed; nil when it only can't be read.
  fileprivate static func contentGone(removed: Int64?) -> HTTPResponse {
    guard let removed else { return .contentLost }
    return .problem(
      410, "the content was kept for long enough and removed at \(Timestamp.text(milliseconds: removed))")
  }

  /// What was encrypted with a key that is not there.
  static let contentLost = HTTPResponse.problem(
    410,
    "the content can't be read: its content key is not there; it was destroyed, or the keys were not put back"
  )

  /// A document, with the versions of the mappings that made it, source first.
  fileprivate static func document(
    _ body: [UInt8], _ mediaType: String, by mappings: [ServedMappings.Entry] = []
  ) -> HTTPResponse {
    var headers = [(name: "Content-Type", value: mediaType)]
    if !mappings.isEmpty {
      let versions = mappings.map(\.versionForHeader).joined(separator: ", ")
      headers.append((name: "Sluss-Mapping-Version", value: versions))
    }
    return HTTPResponse(status: 200, headers: headers, body: body)
  }
}

extension ServedMappings.Entry {
  /// `name@version`; what a header can't hold stands percent-encoded, as in a URL's path.
  fileprivate var versionForHeader: String {
    let name = mapping.name.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? ""
    return "\(name.replacing(",", with: "%2C"))@\(version)"
  }
}
