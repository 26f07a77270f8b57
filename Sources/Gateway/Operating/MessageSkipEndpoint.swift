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
      guard let reason = request.reason else { return reply.send(.unreasoned) }
      guard stored.state == .failed else {
        return reply.send(.problem(409, "it is \(stored.state.rawValue)"))
      }
      skip(stored, reason, caller, reply)
    } catch {
      reply.send(.unreadableStore)
    }
  }

  /// The act and the entry about it are one change of the store.
  private func skip(
    _ stored: StoredMessage, _ reason: String, _ caller: Caller, _ reply: HTTPReply, renewing: Bool = false
  ) {
    do {
      let record = TranslationRecord(
        id: stored.message.id, state: .skipped, diagnostics: stored.diagnostics(skippedFor: reason),
        mappingVersion: stored.mappingVersion,
        audit: try logging.entries(
          "skip", on: stored.message, because: reason, by: caller, renewing: renewing))
      store.record(record) { result in
        if case .failure(.staleAuditKey) = result, !renewing {
          return skip(stored, reason, caller, reply, renewing: true)
        }
        answer(result.map { _ in }, reply)
      }
    } catch {
      reply.send(.unlogged)
    }
  }

  private func answer(_ result: Result<Void, StoreError>, _ reply: HTTPReply) {
    switch result {
    case .success: reply.send(.json(200, #"{"state":"skipped"}"#))
    case .failure(.overloaded): reply.send(.overloaded)
    case .failure: reply.send(.problem(500, "the change could not be stored"))
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
