import Diagnostics
import HTTP

/// `GET /health`: whether the gateway takes messages, and which mappings it serves since when.
///
/// `refused` is there only while what lies in the folder can't be served: the gateway goes on with what it
/// has, so it is well, and somebody should look. Who may not read the gateway's figures learns only that it
/// is well.
struct HealthEndpoint: Sendable {
  let current: CurrentMappings

  func answer(to caller: Caller) -> HTTPResponse {
    guard caller.may(.metrics) else { return .json(200, "{\"status\":\"ok\"}") }
    let (served, check) = current.status
    var versions = JSONObject()
    for (name, version) in served.versions.each.sorted(by: { $0.key < $1.key }) {
      versions.add(name, version)
    }
    var mappings = JSONObject()
    mappings.add("version", served.versions.all)
    mappings.add("since", Timestamp.text(milliseconds: served.since))
    mappings.add("checked", Timestamp.text(milliseconds: check.at))
    mappings.add("versions", json: versions.text)
    mappings.add("refused", json: check.refusal.map { JSONRenderer().render($0) })
    var health = JSONObject()
    health.add("status", "ok")
    health.add("mappings", json: mappings.text)
    return .json(200, health.text)
  }
}
