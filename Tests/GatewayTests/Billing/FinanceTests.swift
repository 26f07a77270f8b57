import Foundation
import Gateway
import TestRig
import Store
import Testing

/// What finance does over a running gateway.
@Suite("Finance", .timeLimit(.minutes(60)))
struct FinanceTests {
  @Test("A visit whose county nobody knows is priced when the register's answer comes")
  func register() throws {
    let trial = try FinanceTrial()
    defer { trial.end() }
    try trial.visit { $0.replacing("\"county\": \"12\",\n    \"municipality\": \"1280\",\n", with: "") }
    #expect(try trial.lines("work", until: "county").count == 1)
    let file = RepositoryFolder.path + "/Mappings/population/cases/person/persons.xml"
    try trial.hand(in: try String(contentsOfFile: file, encoding: .utf8), to: "population/persons")
    #expect(try trial.lines("open", until: "debtor 01").count == 1)
    #expect(try trial.ask("work").json["clean"] as? Bool == true)
    let steps = try trial.ask("explain/2").json["lines"] as? [String] ?? []
    #expect(steps.contains { $0.contains("county-from: register") })
  }

  @Test("A month is previewed, closed, shown, exported, taken back, paid and compared over the gateway")
  func month() throws {
    let trial = try FinanceTrial()
    defer { trial.end() }
    for number in 1...3 { try trial.visit(number) }
    let month = String(trial.day.prefix(7))
    _ = try trial.lines("open", until: "3 records")
    #expect(try trial.ask("preview?month=\(month)").text.contains("difference"))
    #expect((try trial.ask("list").json["batches"] as? [Any])?.isEmpty == true)
    let closed = try trial.act("close?month=\(month)")
    #expect(closed.status == 200 && closed.json["clean"] as? Bool == true)
    let batch = try #require((closed.json["batches"] as? [[String: Any]])?.first)
    #expect(batch["count"] as? Int == 3 && batch["total"] as? Double == 1200)
    let claim = try #require(batch["claim"] as? String)
    for kind in ["claim", "invoice", "excel", "csv", "sie", "summary"] {
      let first = try trial.ask("export/1/\(kind)")
      #expect(first.status == 200 && !first.body.isEmpty)
      #expect(try trial.ask("export/1/\(kind)").body == first.body)
    }
    #expect(try trial.ask("export/1/other").status == 404)
    let payment = try trial.act("pay", "reference;amount;key\n\(claim);1200,00;k1\n")
    #expect(payment.json["noted"] as? Int == 1)
    #expect(try trial.ask("show/1").text.contains("\"paid\":1200.00"))
    let refused = try trial.act(
      "reconcile",
      "claim;line;amount;rejected\n\(claim);1;400,00;fel\n\(claim);2;400,00;\n\(claim);3;400,00;\n")
    #expect(refused.json["clean"] as? Bool == false)
    #expect(try trial.lines("work", until: "line 1 is refused: fel").count == 1)
    #expect(try trial.act("reopen/1?reason=2").json["taken"] as? Int == 3)
    #expect(try trial.ask("work").json["clean"] as? Bool == true, "the line is credited")
    let again = try trial.act("close?month=\(month)").json["batches"] as? [[String: Any]] ?? []
    #expect(again.map { $0["number"] as? Int } == [2, 3] && again.first?["credits"] as? Int == 1)
    #expect(try trial.act("status/3/accepted").status == 200)
    #expect(try trial.ask("show/3").text.contains("\"state\":\"accepted\""))
    #expect(try trial.act("reprice").json["changed"] as? Int == 0)
  }

  @Test("What can't be understood, is not there or is done in the wrong way is told")
  func refusals() throws {
    let trial = try FinanceTrial()
    defer { trial.end() }
    #expect(try trial.ask("show/7").status == 404)
    #expect(try trial.ask("explain/7").status == 404)
    #expect(try trial.ask("nothing").status == 404)
    #expect(try trial.ask("close?month=2026-10").status == 405)
    #expect(try trial.act("list").status == 405)
    #expect(try trial.act("close?month=13").status == 400)
    #expect(try trial.act("close?month=2026-10&issued=2999-01-01").status == 400)
    #expect(try trial.act("send/1").status == 400, "rules.yaml has no targets")
    #expect(try trial.act("pay", "reference;amount\nU1;400,00\n").status == 400)
  }

  @Test("What is done, and who is looked at, is in the audit log")
  func logged() throws {
    let trial = try FinanceTrial()
    try trial.visit()
    _ = try trial.lines("open", until: "debtor 12")
    let month = String(trial.day.prefix(7))
    #expect(try trial.act("close?month=\(month)").status == 200)
    #expect(try trial.ask("list").status == 200)
    #expect(try trial.ask("explain/1").status == 200)
    #expect(try trial.ask("export/1/claim").status == 200)
    #expect(try trial.ask("export/1/invoice").status == 200)
    let data = trial.gateway.data
    trial.gateway.stop()
    defer { try? FileManager.default.removeItem(atPath: data) }
    let store = try SQLiteMessageStore(path: data + "/sluss.sqlite")
    defer { store.close() }
    #expect(try store.auditSize() == 6, "the settings, the visit, the closing, the explaining, two exports")
  }

  @Test("New prices are served without a restart")
  func reload() throws {
    let trial = try FinanceTrial()
    defer { trial.end() }
    let before = try trial.gateway.mappings()
    try trial.visit(1)
    _ = try trial.lines("open", until: "400.00 kr")
    try trial.change(
      "billing/prices/national-digital.csv", "Digitalt läkarbesök,500.00", "Digitalt läkarbesök,600.00")
    var number = 1
    let amount = try look {
      number += 1
      try trial.visit(number)
      return (try trial.ask("explain/\(number)").json["lines"] as? [String] ?? []).joined()
    } until: {
      $0.contains("500.00 kr")
    }
    #expect(amount.contains("500.00 kr"), "600 less the fee")
    #expect(try trial.gateway.mappings().version == before.version, "the mappings are the same")
  }
}
