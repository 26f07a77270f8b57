import Foundation
import TestRig
import Testing

/// What a running gateway keeps no longer.
@Suite("The gateway removes", .timeLimit(.minutes(60)))
struct RetentionServingTests {
  @Test(
    "what was kept for long enough and is delivered; its way can still be told, and a repetition is known")
  func contents() throws {
    let gateway = try OperatedGateway("retention: {messages: {a/visit: 1 s}, look-every: 100 ms}\n")
    let event = OperatedGateway.event("V1")
    let id = try gateway.push(event).id
    let number = try #require(try gateway.deliveries(of: id, in: "delivered").first?["number"] as? Int)
    #expect(
      try eventually { try gateway.curl(as: "reader", "/messages/\(id)/raw").status == 410 })
    try gateway.journal.answer(#"{"status": 422}"#)
    let dead = try gateway.push(OperatedGateway.event("V2", patient: "201212121212")).id
    try gateway.deliveries(of: dead, in: "dead")

    let shown = try gateway.run(as: "reader", "messages", "show", id)
    #expect(
      shown.status == 0 && shown.output.contains("contentRemoved") && !shown.output.contains("Tolvansson"))
    let trace = try gateway.run(as: "watcher", "messages", "trace", id)
    #expect(trace.says("\(id) a/visit translated") && trace.says("\(number) \(id) visits journal delivered"))
    #expect(trace.output.contains(" \(event.utf8.count) "))
    for path in ["/messages/\(id)/hub", "/messages/\(id)/as/b/contact", "/deliveries/\(number)/body"] {
      #expect(try gateway.curl(as: "reader", path).status == 410, "\(path)")
    }
    let replay = try gateway.run(as: "clerk", "replay", "--again", "x", "--send")
    #expect(replay.says("1 whose content is no longer kept"))
    #expect(try gateway.push(event).id == id)
    #expect(try gateway.push(event.replacing("Tolvansson", with: "Annan")).status == 422)
    #expect(eventually { gateway.sluss.told.contains("the contents of 1 messages and 1 deliveries") })
    let metrics = try gateway.curl(as: "meter", "/metrics").text
    #expect(metrics.contains(#"sluss_removed_total{what="message"} 1"#))

    // What is dead is kept for whoever sees to it.
    #expect(try gateway.curl(as: "reader", "/messages/\(dead)/raw").text.contains("Tolvansson"))
    try gateway.journal.answer("{}")
    #expect(try gateway.run(as: "clerk", "messages", "retry", "--state", "dead").status == 0)
    try gateway.deliveries(of: dead, in: "delivered")
    #expect(
      try eventually { try gateway.curl(as: "reader", "/messages/\(dead)/raw").status == 410 })
  }
}
