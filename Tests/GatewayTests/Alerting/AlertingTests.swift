import Foundation
import TestRig
import Testing

/// Alerts from a running program, to those who are to be told.
@Suite("The gateway alerts", .timeLimit(.minutes(60)))
struct AlertingTests {
  private static let rules = """
      rules:
        given-up: {dead: {target: journal}, calm: 10 ms, tell: [chat, duty]}
        silent: {silence: {mapping: a/visit, longer-than: 1 h}, tell: chat}

    """

  private func notices(_ neighbour: HTTPNeighbour) throws -> [[String: Any]] {
    try neighbour.requests().flatMap { request in
      let json = try JSONSerialization.jsonObject(with: Data(request.body)) as? [String: Any] ?? [:]
      return json["notices"] as? [[String: Any]] ?? []
    }
  }

  @Test("once when a delivery is given up and once when somebody has seen to it, to a webhook and by e-mail")
  func both() throws {
    let (chat, mail) = (try HTTPNeighbour(), try HTTPNeighbour("mail_server.py"))
    defer {
      chat.end()
      mail.end()
    }
    let gateway = try OperatedGateway(
      """
      alerts:
        gateway: the region's
        look-every: 50 ms
        receivers:
          chat: {webhook: {url: "http://127.0.0.1:\(chat.port)/hook", network: loopback, token: env CHAT_TOKEN}}
          duty:
            mail:
              {host: 127.0.0.1, port: \(mail.port), encryption: none, network: loopback, from: sluss@region.example,
               to: [duty@region.example]}

      """ + Self.rules, environment: ["CHAT_TOKEN": "s3cret"])
    try gateway.journal.answer(#"{"status": 422}"#)
    let id = try gateway.push(OperatedGateway.event("V1")).id
    let number = try #require(try gateway.deliveries(of: id, in: "dead").first?["number"] as? Int)
    let first = try #require(try chat.requests(atLeast: 1).first)
    #expect(first.path == "/hook" && first.headers["authorization"] == "Bearer s3cret")
    #expect(first.headers["content-type"] == "application/json" && first.text.contains("the region's"))
    #expect(try eventually { try mail.notes().count == 1 })
    let metrics = try gateway.curl(as: "meter", "/metrics").text
    #expect(metrics.contains(#"sluss_alert{alert="given-up",subject="journal"} 1"#))
    // It stays as it is, also over a restart, and nobody is told again.
    gateway.sluss.signal(SIGTERM)
    #expect(gateway.sluss.end() == 0)
    try gateway.restart()
    let skip = try gateway.run(as: "clerk", "messages", "skip", String(number), "--reason", "no")
    #expect(skip.status == 0)
    #expect(try eventually { try mail.notes().count == 2 })
    #expect(try eventually { try notices(chat).count == 2 })
    let told = try notices(chat)
    #expect(told.map { $0["state"] as? String } == ["started", "ended"])
    #expect(told.allSatisfy { $0["alert"] as? String == "given-up" && $0["subject"] as? String == "journal" })
    let texts = try mail.notes().compactMap { $0["text"] as? String }
    #expect(texts.allSatisfy { $0.contains("Subject: the region's: given-up") })
    #expect(!(texts.joined() + first.text).contains("Tolvansson"))
    #expect(gateway.sluss.told.contains("sluss alert given-up: journal: all is well again"))
  }

  @Test("a receiver that was down as soon as it is there, with all that it missed")
  func later() throws {
    let chat = try HTTPNeighbour()
    defer { chat.end() }
    try chat.answer(#"{"status": 503}"#)
    let gateway = try OperatedGateway(
      """
      alerts:
        look-every: 50 ms
        receivers: {chat: {webhook: {url: "http://127.0.0.1:\(chat.port)/hook", network: loopback}}}
        rules: {given-up: {dead: {target: "*"}, calm: 10 ms, tell: chat}}

      """)
    try gateway.journal.answer(#"{"status": 422}"#)
    let id = try gateway.push(OperatedGateway.event("V1")).id
    let number = try #require(try gateway.deliveries(of: id, in: "dead").first?["number"] as? Int)
    _ = try chat.requests(atLeast: 1)
    #expect(eventually { gateway.sluss.told.contains("can't tell chat of an alert") })
    #expect(try gateway.run(as: "clerk", "messages", "skip", String(number), "--reason", "no").status == 0)
    #expect(eventually { gateway.sluss.told.contains("all is well again") })
    gateway.sluss.signal(SIGTERM)
    #expect(gateway.sluss.end() == 0)
    let missed = try chat.requests().count
    try chat.answer("{}")
    try gateway.restart()
    let last = try #require(try chat.requests(atLeast: missed + 1).last)
    let json = try JSONSerialization.jsonObject(with: Data(last.body)) as? [String: Any] ?? [:]
    let states = (json["notices"] as? [[String: Any]] ?? []).map { $0["state"] as? String }
    #expect(states == ["started", "ended"])
  }
}
