import Diagnostics
import Mapping
import YAML

/// Reads the section `engagement-index`.
extension ConfigurationReader {
  private static let zone = "Europe/Stockholm"

  mutating func engagement(_ node: YAMLNode) throws(Diagnostic) -> EngagementConfiguration {
    var keys = try KeyReader(node, EngagementKeys.section)
    var engagement = EngagementConfiguration()
    let zone = keys.text("time-zone") ?? Self.zone
    if let text = keys["reconcile-at"] ?? keys["time-zone"] {
      if let time = DailyTime(keys.text("reconcile-at") ?? "03:30", zone: zone) {
        engagement.reconcileAt = time
      } else {
        expect("the time", "`03:30` in a zone such as \(Self.zone)", at: text.place)
      }
    }
    if let node = keys["domains"] { engagement.domains = texts(node) }
    engagement.sources = texts(keys["sources"])
    if let most = number(keys["most"], in: 1...1000) { engagement.most = most }
    if let find = keys["find-content"] {
      let target = try http(find, GatewayKeys.http)
      engagement.findContent = target
      if target.soap == nil { expect("`find-content`", "its `soap` with the index's HSA-id", at: find.place) }
      if engagement.sources.isEmpty {
        expect("the reconciliation", "`sources`, whose posts are the gateway's", at: node.place)
      }
    }
    diagnostics += keys.diagnostics
    return engagement
  }

  private func texts(_ node: YAMLNode?) -> [String] {
    guard let node, !node.isEmpty else { return [] }
    return (node.items ?? [node]).compactMap(\.text)
  }
}
