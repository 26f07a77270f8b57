import HTTP
import Store

/// `GET /messages`: a page of the messages that are looked for, newest first, without their bodies.
struct MessageListEndpoint: Sendable {
  let current: CurrentMappings
  let store: any MessageStore & DeliveryStore

  func list(_ request: HTTPRequest) -> HTTPResponse {
    do {
      if let key = request.query("key") { return try list(try ids(withKey: key), request) }
      let query = MessageQuery(
        state: try request.choice("state", MessageState.self), mapping: request.query("mapping"),
        mappingVersion: request.query("version"), received: try request.span())
      let cursor = request.query("after").flatMap { Int64($0) }
      let page = try store.messages(
        matching: query, .newestFirst, after: cursor, limit: try request.limit())
      var object = JSONObject()
      object.add("messages", json: page.messages.map(\.json).text)
      object.add("next", page.next.map(String.init))
      return .json(200, object.text)
    } catch let error as QueryError {
      return .problem(400, error.text)
    } catch {
      return .unreadableStore
    }
  }

  /// `GET /messages/{id}/trace`: what came of a message, without its body.
  func trace(_ id: String) -> HTTPResponse {
    do throws(StoreError) {
      guard let stored = try store.message(id) else {
        return .problem(404, "there is no message with this id")
      }
      var object = JSONObject()
      object.add("message", json: stored.summary.json.text)
      object.add("deliveries", json: try store.deliveries(ofMessage: id).map(\.json).text)
      return .json(200, object.text)
    } catch {
      return .unreadableStore
    }
  }

  /// The sender's own key is its business key; each mapping has keys of its own.
  private func ids(withKey key: String) throws(StoreError) -> [String] {
    var ids: [String] = []
    for name in current.served.mappings.keys.sorted() {
      if let id = try store.message(withKey: key, mapping: name) { ids.append(id) }
    }
    return ids
  }

  private func list(_ ids: [String], _ request: HTTPRequest) throws -> HTTPResponse {
    var objects: [JSONObject] = []
    for id in ids {
      if let stored = try store.message(id) { objects.append(stored.summary.json) }
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
      bytes: message.body.count, state: state, mappingVersion: mappingVersion)
  }
}
