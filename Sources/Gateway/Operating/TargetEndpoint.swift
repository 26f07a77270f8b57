import HTTP
import Store

/// `GET /targets`: how many deliveries each target has, and whether it answers.
struct TargetEndpoint: Sendable {
  let store: any DeliveryStore
  let outbox: Outbox

  func answer() -> HTTPResponse {
    do throws(StoreError) {
      let counts = try counts()
      var object = JSONObject()
      object.add("targets", json: counts.map { $0.json(isDown: outbox.isDown($0.target)) }.text)
      return .json(200, object.text)
    } catch {
      return .unreadableStore
    }
  }

  /// Those that have had deliveries, and those that are configured, by name.
  private func counts() throws(StoreError) -> [DeliveryCount] {
    let counts = try store.deliveryCounts()
    let known = Set(counts.map(\.target))
    let idle = outbox.targets.filter { !known.contains($0) }.map {
      DeliveryCount(target: $0, counts: [:], oldestWaiting: nil, heldLanes: 0)
    }
    return (counts + idle).sorted { $0.target < $1.target }
  }
}
