import Foundation
import HTTP
import Store

/// `POST /messages/{id}/skip?reason=…`: a message whose translation failed is given up by a person; nothing comes of
/// it, and replays leave it alone. Retention may then remove its content.
struct MessageSkipEndpoint: Sendable {
  let store: any MessageStore
  let logging: AccessLogging

  func skip(_ id: String, _ request: HTTPRequest, from caller: Caller, _ reply: HTTPReply) {
    do throws(StoreError) {
      guard let stored = try store.message(id) else {
        return reply.send(.problem(404, "there is no message with this id"))
      }
      guard caller.may(.rerun, on: stored.message.mapping) else {
        return reply.send(.refused(.notAllowed(.rerun)))
      }
      guard let reason = request.query("reason"), !reason.isEmpty, reason.utf8.count <= 200 else {
        return reply.send(.problem(400, "say why: ?reason=…, without patient data, at most 200 bytes"))
      }
      guard stored.state == .failed else {
        return reply.send(.problem(409, "it is \(stored.state.rawValue)"))
      }
      logging.act("skip", onMessage: id, because: reason, by: caller, reply) {
        record(stored, reason, reply)
      }
    } catch {
      reply.send(.unreadableStore)
    }
  }

  private func record(_ stored: StoredMessage, _ reason: String, _ reply: HTTPReply) {
    let record = TranslationRecord(
      id: stored.message.id, state: .skipped, diagnostics: stored.diagnostics(skippedFor: reason),
      mappingVersion: stored.mappingVersion)
    store.record(record) { result in
      switch result {
      case .success: reply.send(.json(200, #"{"state":"skipped"}"#))
      case .failure(.overloaded): reply.send(.overloaded)
      case .failure: reply.send(.problem(500, "the change could not be stored"))
      }
    }
  }
}

extension StoredMessage {
  /// What was wrong with it, and why nothing comes of it.
  fileprivate func diagnostics(skippedFor reason: String) -> [UInt8] {
    let known = diagnostics.flatMap { try? JSONSerialization.jsonObject(with: Data($0)) as? [Any] } ?? []
    let all = known + [["skipped": reason]]
    return (try? JSONSerialization.data(withJSONObject: all, options: [.sortedKeys])).map { Array($0) } ?? []
  }
}
