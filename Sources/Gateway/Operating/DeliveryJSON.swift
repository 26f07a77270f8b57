import Store

extension StoredDelivery {
  /// As operators see it; nothing of the patient is in it but the lane's pseudonym.
  var json: JSONObject {
    var object = JSONObject()
    object.add("number", json: String(number))
    object.add("message", message)
    object.add("route", route)
    object.add("target", target)
    object.add("state", state.rawValue)
    object.add("attempts", json: String(attempts))
    object.add("problem", problem)
    object.add("created", Timestamp.text(milliseconds: created))
    object.add("changed", Timestamp.text(milliseconds: changed))
    object.add("due", due.map(Timestamp.text))
    object.add("holdsLane", json: holdsLane ? "true" : nil)
    object.add("edition", json: edition > 0 ? String(edition) : nil)
    object.add("lane", lane)
    object.add("key", key)
    return object
  }
}

extension MessageSummary {
  /// As operators see it.
  var json: JSONObject {
    var object = JSONObject()
    object.add("id", id)
    object.add("mapping", mapping)
    object.add("state", state.rawValue)
    object.add("received", Timestamp.text(milliseconds: received))
    object.add("bytes", json: String(bytes))
    object.add("mappingVersion", mappingVersion)
    return object
  }
}

extension HubEffect {
  /// As operators see it.
  var json: JSONObject {
    var object = JSONObject()
    object.add("effect", kind.rawValue)
    object.add("type", type)
    object.add("id", id.hexadecimal)
    object.add("version", json: version.map(String.init))
    object.add("since", since.map(Timestamp.text))
    return object
  }
}

extension DeliveryCount {
  /// As operators see it.
  /// - Parameter isDown: whether nobody answers there; `nil` when it is not configured.
  func json(isDown: Bool?) -> JSONObject {
    var object = JSONObject()
    object.add("target", target)
    object.add("status", isDown.map { $0 ? "down" : "up" } ?? "not configured")
    for state in DeliveryState.allCases { object.add(state.rawValue, json: String(counts[state] ?? 0)) }
    object.add("oldestWaiting", oldestWaiting.map(Timestamp.text))
    object.add("heldLanes", json: String(heldLanes))
    return object
  }
}

extension Collection<JSONObject> {
  /// A JSON array.
  var text: String { "[\(map(\.text).joined(separator: ","))]" }
}
