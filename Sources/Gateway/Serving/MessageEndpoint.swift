import Diagnostics
import Foundation
import HTTP
import Mapping
import Store

/// `GET /messages/{id}`, and below it `/raw`, `/hub` and `/as/{mapping}`: what became of a message.
struct MessageEndpoint: Sendable {
  let library: MappingLibrary
  let store: any MessageStore
  let translators: TranslatorPool

  /// - Parameter path: what stands behind `/messages/`.
  func answer(_ path: String) -> HTTPResponse {
    let parts = path.split(separator: "/", maxSplits: 2).map(String.init)
    do {
      guard let id = parts.first, let stored = try store.message(id) else {
        return .problem(404, "there is no message with this id")
      }
      return answer(stored, parts.dropFirst().first, parts.dropFirst(2).first)
    } catch {
      return .problem(500, "the store can't be read")
    }
  }

  private func answer(_ stored: StoredMessage, _ part: String?, _ name: String?) -> HTTPResponse {
    switch (part, name) {
    case (nil, nil): .json(200, overview(stored))
    case ("raw", nil): .document(stored.message.body, stored.message.contentType)
    case ("hub", nil): translated(stored) { translator in (translator.hub(), "application/fhir+json") }
    case ("as", let name?): translation(of: stored, to: name)
    default: .problem(404, "a message has raw, hub and as/{mapping}")
    }
  }

  private func overview(_ stored: StoredMessage) -> String {
    var object = JSONObject()
    let message = stored.message
    object.add("id", message.id)
    object.add("mapping", message.mapping)
    object.add("state", stored.state.rawValue)
    object.add("received", Timestamp.text(milliseconds: message.received))
    object.add("contentType", message.contentType)
    object.add("diagnostics", json: stored.diagnostics.map { String(decoding: $0, as: UTF8.self) })
    if let text = String(validating: message.body, as: UTF8.self) {
      object.add("raw", text)
    } else {
      object.add("rawBase64", Data(message.body).base64EncodedString())
    }
    if stored.state == .translated {
      let hub = translated(stored) { translator in (translator.hub(), "application/fhir+json") }
      if hub.status == 200 { object.add("hub", json: String(decoding: hub.body, as: UTF8.self)) }
    }
    object.add("translations", json: translations(of: message))
    return object.text
  }

  /// Where the message can be had in each format.
  private func translations(of message: NewMessage) -> String {
    let links = library.mappings.keys.sorted().map { name in
      "\(JSONRenderer.quote(name)):\(JSONRenderer.quote("/messages/\(message.id)/as/\(name)"))"
    }
    return "{\(links.joined(separator: ","))}"
  }

  private func translation(of stored: StoredMessage, to name: String) -> HTTPResponse {
    guard let target = library.mappings[name] else {
      let near = NearNames.of(name, among: library.mappings.keys).first.map { ", did you mean \($0)?" } ?? ""
      return .problem(404, "there is no mapping of this name\(near)")
    }
    return translated(stored) { translator throws(DiagnosticError) in
      (try translator.write(as: target), target.format.mediaType)
    }
  }

  /// Translates a message into the hub once more, which gives the same as the first time, and shows something
  /// of it.
  private func translated(
    _ stored: StoredMessage, _ show: (Translator) throws(DiagnosticError) -> ([UInt8], mediaType: String)
  ) -> HTTPResponse {
    guard let source = library.mappings[stored.message.mapping] else {
      return .problem(409, "the mapping of this message is not loaded")
    }
    return translators.lend { translator in
      do throws(DiagnosticError) {
        try translator.read(
          stored.message.body, as: source, named: stored.message.id, receipt: stored.message.receipt)
        let (body, mediaType) = try show(translator)
        return .document(body, mediaType)
      } catch {
        return .refused(error.diagnostics, id: stored.message.id)
      }
    }
  }
}

extension HTTPResponse {
  fileprivate static func document(_ body: [UInt8], _ mediaType: String) -> HTTPResponse {
    HTTPResponse(status: 200, headers: [(name: "Content-Type", value: mediaType)], body: body)
  }
}
