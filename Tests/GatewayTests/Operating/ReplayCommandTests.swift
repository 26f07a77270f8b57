import Foundation
import TestRig
import Testing

/// `sluss replay` against a running gateway, after a mapping or a route was mended.
@Suite("sluss replay", .timeLimit(.minutes(60)))
struct ReplayCommandTests {
  private func replay(_ gateway: OperatedGateway, _ words: String...) throws -> Program {
    try SlussProcess.run(
      ["replay"] + words,
      ["SLUSS_URL": gateway.sluss.url, "SLUSS_TOKEN": gateway.tokens["clerk"] ?? ""])
  }

  /// A gateway whose route fails on the one message that it has got.
  private func withFailure() throws -> (OperatedGateway, failed: String) {
    let routes = OperatedGateway.route.replacing(
      "from: a/visit", with: "from: a/visit\n    when: \"= patient.name.given.single().exists()\"")
    let gateway = try OperatedGateway(routes: routes)
    let failed = try gateway.push(
      OperatedGateway.event("V1").replacing(#"["Tolvan"]"#, with: #"["Tolvan", "T"]"#)
    ).id
    #expect(
      try eventually {
        try gateway.run(as: "clerk", "messages", "list", "--state", "failed").output.contains(failed)
      })
    return (gateway, failed)
  }

  @Test("delivers what could not be translated once the route is mended; a dry run before does nothing")
  func failed() throws {
    let (gateway, failed) = try withFailure()
    let still = try replay(gateway, "--state", "failed")
    #expect(still.status == 1 && still.says("1 can't be translated"))
    try gateway.mappings.write(OperatedGateway.route, to: "routes.yaml")
    try gateway.reload()
    let dry = try replay(gateway, "--state", "failed", "--mapping", "a/visit")
    #expect(dry.status == 0 && dry.says("1 deliveries would be made") && dry.says("Nothing was done"))
    #expect(try gateway.journal.requests().isEmpty)
    let sent = try replay(gateway, "--state", "failed", "--send")
    #expect(sent.says("1 messages translated again") && sent.says("1 deliveries made"))
    try gateway.deliveries(of: failed, in: "delivered")
    #expect(try replay(gateway, "--state", "failed", "--send").says("0 messages"))
    #expect(try gateway.journal.requests().count == 1)
  }

  @Test("leaves alone what could not be translated and a person has skipped, which is logged with the reason")
  func skipped() throws {
    let (gateway, failed) = try withFailure()
    #expect(try gateway.run(as: "clerk", "messages", "skip", failed).status == 2)
    #expect(try gateway.run(as: "stranger", "messages", "skip", failed, "--reason", "x").status == 1)
    #expect(try gateway.run(as: "watcher", "messages", "skip", failed, "--reason", "x").status == 1)
    let skip = try gateway.run(as: "clerk", "messages", "skip", failed, "--reason", "sent by mistake")
    #expect(skip.status == 0 && skip.says("\(failed) is skipped"))
    let again = try gateway.run(as: "clerk", "messages", "skip", failed, "--reason", "once more")
    #expect(again.status == 1 && again.errors.contains("it is skipped"))
    let list = try gateway.run(
      as: "clerk", "messages", "list", "--state", "skipped", "--mapping", "a/visit")
    #expect(list.says("\(failed) a/visit skipped"))
    let shown = try gateway.run(as: "reader", "messages", "show", failed)
    #expect(shown.output.contains("sent by mistake"))
    try gateway.mappings.write(OperatedGateway.route, to: "routes.yaml")
    try gateway.reload()
    #expect(try replay(gateway, "--send").says("0 deliveries made"))
    #expect(try gateway.journal.requests().isEmpty)
    let unknown = try gateway.run(as: "clerk", "messages", "skip", "no-such", "--reason", "x")
    #expect(unknown.status == 1 && unknown.errors.contains("there is no message"))
  }

  @Test("delivers what was rejected once the shape is mended, and the sender may not send it once more")
  func rejected() throws {
    let gateway = try OperatedGateway()
    let refused = try gateway.push(OperatedGateway.event("V1", status: "over"))
    #expect(refused.status == 422)
    #expect(try replay(gateway, "--state", "rejected", "--send").says("1 can't be translated"))
    try gateway.mappings.change("a/visit.shape.yaml", "code(booked, done)", "code(booked, done, over)")
    try gateway.mappings.change(
      "a/codes/status.csv", "done,finished,\n", "done,finished,\nover,finished,in\n")
    try gateway.reload()
    #expect(try replay(gateway, "--state", "rejected", "--send").says("1 deliveries made"))
    try gateway.deliveries(of: refused.id, in: "delivered")
    #expect(try replay(gateway, "--send").says("1 unchanged, not sent"))
    #expect(try gateway.journal.requests().count == 1)
  }

  @Test("corrects what a mended mapping says otherwise, once; what waits or is dead gets the new document")
  func corrected() throws {
    let gateway = try OperatedGateway()
    let delivered = try gateway.push(OperatedGateway.event("V1")).id
    try gateway.deliveries(of: delivered, in: "delivered")
    try gateway.journal.answer(#"{"status": 422}"#)
    let dead = try gateway.push(OperatedGateway.event("V2", patient: "201212121212")).id
    try gateway.deliveries(of: dead, in: "dead")
    try gateway.mappings.change("b/codes/st.csv", "1,planned\n2,finished\n", "2,planned\n1,finished\n")
    try gateway.reload()
    try gateway.journal.answer("{}")
    let before = try gateway.journal.requests().count
    let dry = try replay(gateway, "--route", "visits", "--target", "journal")
    #expect(dry.says("1 would be sent again, corrected"))
    #expect(dry.says("1 that wait or are dead would be given the new document"))
    #expect(try gateway.journal.requests().count == before)
    let sent = try replay(gateway, "--send")
    #expect(sent.says("1 sent again, corrected") && sent.says("1 that wait or are dead given the new"))
    try gateway.deliveries(of: delivered, in: "delivered")
    try gateway.deliveries(of: dead, in: "delivered")
    let requests = try gateway.journal.requests(atLeast: before + 2)
    #expect(requests.dropFirst(before).allSatisfy { $0.text.contains(">1<") })
    #expect(Set(requests.map { $0.headers["idempotency-key"] ?? "" }).count == 3)
    let again = try replay(gateway, "--send")
    #expect(again.says("2 unchanged, not sent") && again.says("0 sent again"))
    #expect(try gateway.journal.requests().count == before + 2)
  }

  @Test("sends what the target has already only when a name says so, and once for each name")
  func again() throws {
    let gateway = try OperatedGateway()
    let id = try gateway.push(OperatedGateway.event("V1")).id
    try gateway.deliveries(of: id, in: "delivered")
    #expect(try replay(gateway, "--send").says("1 unchanged"))
    #expect(try replay(gateway, "--again", "restored", "--send").says("1 deliveries made"))
    #expect(try gateway.journal.requests(atLeast: 2).count == 2)
    #expect(try replay(gateway, "--again", "restored", "--send").says("1 unchanged"))
    #expect(try replay(gateway, "--again", "restored-again", "--send").says("1 deliveries made"))
    #expect(try gateway.journal.requests(atLeast: 3).count == 3)
    #expect(Set(try gateway.journal.requests().map { $0.headers["idempotency-key"] ?? "" }).count == 3)
    #expect(try replay(gateway, "--from", "2100-01-01T00:00:00Z").says("0 messages"))
    #expect(try replay(gateway, "--mapping", "b/contact").says("0 messages"))
    #expect(try replay(gateway, "--again", "not a name").status == 1)
  }
}
