import Diagnostics
import HTTP
import Mapping
import Store

/// `POST /in/{mapping}`: checks a message, commits it, and only then says so.
struct ReceiveEndpoint: Sendable {
  let current: CurrentMappings
  let store: any MessageStore
  let worker: TranslationWorker
  let figures: Figures

  func handle(_ request: HTTPRequest, mapping name: String, _ reply: HTTPReply) {
    let served = current.served
    guard let entry = served.mappings[name] else { return reply.send(.noMapping(name, among: served)) }
    let mapping = entry.mapping
    let received = Timestamp.now()
    let id = Timestamp.identifier(milliseconds: received)
    do throws(DiagnosticError) {
      let key = try check(request.body, mapping, served.translators) ?? request.header("Idempotency-Key")
      accept(message(id, mapping, key, received, request), reply)
    } catch {
      keep(
        message(id, mapping, nil, received, request), refusedFor: error.diagnostics, by: entry.version, reply)
    }
  }

  private func check(
    _ body: [UInt8], _ mapping: Mapping, _ translators: TranslatorPool
  ) throws(DiagnosticError) -> String? {
    let receipt = Receipt(received: "", id: "")
    let result = translators.lend { translator -> Result<String?, DiagnosticError> in
      Result { () throws(DiagnosticError) in
        try translator.check(body, as: mapping, named: "message", receipt: receipt)
      }
    }
    return try result.get()
  }

  private func message(
    _ id: String, _ mapping: Mapping, _ key: String?, _ received: Int64, _ request: HTTPRequest
  ) -> NewMessage {
    NewMessage(
      id: id, mapping: mapping.name, senderKey: key, received: received,
      contentType: mapping.mediaType, body: request.body)
  }

  private func accept(_ message: NewMessage, _ reply: HTTPReply) {
    store.accept(message) { result in
      figures.count(.received, message.mapping, result.word)
      switch result {
      case .success(.accepted(let id)):
        worker.add(message)
        reply.send(.accepted(id, status: 202))
      case .success(.repeated(let id)): reply.send(.accepted(id, status: 200))
      case .success(.conflict(let id)):
        reply.send(.problem(422, "another message with this id was received before", id: id))
      case .failure(.overloaded): reply.send(.overloaded)
      case .failure: reply.send(.problem(500, "the message could not be stored"))
      }
    }
  }

  /// A refused message is kept whole, so that it can be looked at.
  private func keep(
    _ message: NewMessage, refusedFor diagnostics: [Diagnostic], by version: String, _ reply: HTTPReply
  ) {
    let json = Array(JSONRenderer().render(diagnostics).utf8)
    store.accept(message) { result in
      guard case .success(.accepted(let id)) = result else {
        return reply.send(.refused(diagnostics, id: nil))
      }
      let record = TranslationRecord(
        id: id, state: .rejected, diagnostics: json, mappingVersion: version)
      figures.count(.received, message.mapping, "rejected")
      store.record(record) { _ in
        reply.send(.refused(diagnostics, id: id))
      }
    }
  }
}

extension HTTPResponse {
  fileprivate static func accepted(_ id: String, status: Int) -> HTTPResponse {
    let repeated = status == 200 ? ",\"repeated\":true" : ""
    return .json(
      status, "{\"id\":\"\(id)\"\(repeated)}", headers: [(name: "Location", value: "/messages/\(id)")])
  }
}

extension Result<Acceptance, StoreError> {
  /// For figures.
  fileprivate var word: String {
    switch self {
    case .success(.accepted): "accepted"
    case .success(.repeated): "repeated"
    case .success(.conflict): "conflict"
    case .failure: "unstored"
    }
  }
}
