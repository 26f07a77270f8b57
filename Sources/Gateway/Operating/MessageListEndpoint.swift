import HTTP
import Store

/// `GET /messages`: a page of the messages that are looked for and that the caller may see, newest first, without
/// their bodies.
struct MessageListEndpoint: Sendable {
  let current: CurrentMappings
  let store: any MessageStore & DeliveryStore & HubStore
  /// The names of all systems: messages are kept under their senders' names and ids.
  let systems: [String]

  func list(_ request: HTTPRequest, for caller: Caller) -> HTTPResponse {
    do {
      if let key = request.query("key") { return try list(try ids(withKey: key), for: caller) }
      let query = MessageQuery(
        state: try request.choice("state", MessageState.self), mapping: request.query("mapping"),
        mappingVersion: request.query("version"), received: try request.span())
      let cursor = request.query("after").flatMap { Int64($0) }
      let page = try store.messages(
        matching: query, .newestFirst, after: cursor, limit: try request.limit())
      var object = JSONObject()
      let visible = page.messages.filter { caller.may(.see, on: $0.mapping) }
      object.add("messages", json: visible.map(\.json).text)
      object.add("next", page.next.map(String.init))
      return .json(200, object.text)
    } catch let error as QueryError {
      return .problem(400, error.text)
    } catch {
      return .unreadableStore
    }
  }

  /// `GET /messages/{id}/trace`: what came of a message, without its body.
  func trace(_ id: String, for caller: Caller) -> HTTPResponse {
    do throws(StoreError) {
      guard let stored = try store.message(id) else {
        return .problem(404, "there is no message with this id")
      }
      guard caller.may(.see, on: stored.message.mapping) else { return .refused(.notAllowed(.see)) }
      var object = JSONObject()
      var message = stored.summary.json
      message.add(contentOf: stored)
      object.add("message", json: message.text)
      object.add("hub", json: try store.effects(ofMessage: id).map(\.json).text)
      object.add("deliveries", json: try store.deliveries(ofMessage: id).map(\.json).text)
      return .json(200, object.text)
    } catch {
      return .unreadableStore
    }
  }

  /// The sender's own key is its business key; each mapping and each system has keys of its own.
  private func ids(withKey key: String) throws(StoreError) -> [String] {
    var ids: [String] = []
    let keys = [key] + systems.map { Caller.key(key, of: $0) }
    for name in current.served.mappings.keys.sorted() {
      for key in keys {
        if let id = try store.message(withKey: key, mapping: name) { ids.append(id) }
      }
    }
    return ids
  }

  private func list(_ ids: [String], for caller: Caller) throws -> HTTPResponse {
    var objects: [JSONObject] = []
    for id in ids {
      guard let stored = try store.message(id), caller.may(.see, on: stored.message.mapping) else { continue }
      objects.append(stored.summary.json)
    }
    var object = JSONObject()
    object.add("messages", json: objects.text)
    return .json(200, object.text)
  }
}

extension StoredMessage {
  fileprivate var summary: MessageSummary {
    MessageSummary(
      id: message.id, mapping: message.mapping, senderKey: message.senderKey, received: message.received,
      bytes: bytes, state: state, mappingVersion: mappingVersion)
  }
}
