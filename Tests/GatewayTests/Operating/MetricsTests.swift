import Foundation
import TestRig
import Testing

/// Figures as somebody else's reader of OpenMetrics understands them.
@Suite("Metrics", .timeLimit(.minutes(60)))
struct MetricsTests {
  @Test(
    "are OpenMetrics 1.0, whatever the names of mappings and targets, and count what has happened",
    .enabled(
      if: Python.has("prometheus_client"),
      "Python's prometheus_client is not in .venv; scripts/test puts it there"))
  func openMetrics() throws {
    let gateway = try OperatedGateway()
    let id = try gateway.push(OperatedGateway.event("V1")).id
    try gateway.deliveries(of: id, in: "delivered")
    #expect(try gateway.push(OperatedGateway.event("V1")).status == 200)
    #expect(try gateway.push(OperatedGateway.event("V2", status: "no")).status == 422)
    let path = gateway.folder + "/metrics.txt"
    let told = try gateway.curl(as: "meter", "/metrics", ["-D", gateway.folder + "/head"])
    try told.text.write(toFile: path, atomically: true, encoding: .utf8)
    let head = try String(contentsOfFile: gateway.folder + "/head", encoding: .utf8)
    #expect(head.contains("application/openmetrics-text; version=1.0.0; charset=utf-8"))
    let read = try Python.run(script: "read_metrics.py", [path])
    #expect(read.status == 0, "\(read.told)")
    let samples = read.told.split(separator: "\n").map(String.init)
    for sample in [
      "sluss_messages_received_total mapping=a/visit result=accepted 1.0",
      "sluss_messages_received_total mapping=a/visit result=repeated 1.0",
      "sluss_messages_received_total mapping=a/visit result=rejected 1.0",
      "sluss_messages_translated_total mapping=a/visit result=translated 1.0",
      "sluss_delivery_attempts_total result=delivered route=visits target=journal 1.0",
      "sluss_queue_depth target=journal 0.0", "sluss_target_up target=journal 1.0",
      "sluss_translation_seconds_count mapping=a/visit 1.0",
    ] { #expect(samples.contains(sample), "\(sample)") }
    #expect(try gateway.curl(as: "watcher", "/metrics").status == 403)
    #expect(try gateway.curl(as: nil, "/metrics").status == 401)
  }
}
