import Foundation
import Gateway
import TestRig
import Testing

/// Claims and invoices on their way.
@Suite("Sending of billing", .timeLimit(.minutes(60)))
struct SendingTests {
  private static let sending = "{claim: \"claims-{county}\", invoice: invoices}"

  private func folder() throws -> String {
    let path = NSTemporaryDirectory() + "sluss-sent-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
  }

  private func files(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).filter { !$0.hasPrefix(".") }
  }

  private func close(_ trial: FinanceTrial) throws {
    try trial.visit()
    _ = try trial.lines("open", until: "debtor 12")
    #expect(try trial.act("close?month=\(trial.day.prefix(7))").status == 200)
  }

  @Test("Nothing is sent unasked; the claim goes first, the invoice once the claim is accepted, each once")
  func order() throws {
    let (claims, invoices) = (try folder(), try folder())
    let trial = try FinanceTrial(
      sending: Self.sending,
      targets: [
        "claims-12": TargetConfiguration(.directory(claims), atOnce: 1),
        "invoices": TargetConfiguration(.directory(invoices), atOnce: 1),
      ])
    defer { trial.end() }
    try close(trial)
    #expect(try files(claims).isEmpty)
    #expect(try trial.act("send/1").json["noted"] as? Int == 1)
    #expect(try trial.lines("show/1", until: "sent  claims-12").contains { $0.hasPrefix("sending") })
    #expect(try files(claims).count == 1 && files(invoices).isEmpty)
    let claim = try Data(contentsOf: URL(fileURLWithPath: "\(claims)/\(try files(claims)[0])"))
    #expect(Array(claim) == (try trial.ask("export/1/claim").body))
    #expect(try trial.act("send/1").json["noted"] as? Int == 0)
    #expect(try trial.act("status/1/accepted").status == 200)
    _ = try trial.lines("show/1", until: "invoiced")
    #expect(try files(invoices).count == 1 && files(claims).count == 1)
    let invoice = try Data(contentsOf: URL(fileURLWithPath: "\(invoices)/\(try files(invoices)[0])"))
    #expect(Array(invoice) == (try trial.ask("export/1/invoice").body))
  }

  @Test(
    "Over RIV-TA a claim that is taken is accepted; one that is refused waits in the work list with the reason"
  )
  func rivta() throws {
    let neighbour = try HTTPNeighbour()
    defer { neighbour.end() }
    var target = HTTPTarget(url: "http://127.0.0.1:\(neighbour.port)/claims")
    target.network = .loopback
    target.soap = .init(
      action:
        "urn:riv:financial:billing:claim:ProcessClaimSpecificationResponder:1:ProcessClaimSpecification",
      logicalAddress: "2321000255")
    let trial = try FinanceTrial(
      sending: Self.sending, targets: ["claims-12": TargetConfiguration(.http(target), atOnce: 1)])
    defer { trial.end() }
    try close(trial)
    try neighbour.answer(#"{"status": 422}"#)
    #expect(try trial.act("send/1").status == 200)
    #expect(try trial.lines("work", until: "rejected: the target answers 422").count == 1)
    let request = try #require(try neighbour.requests(atLeast: 1).first)
    #expect(request.text.contains("<LogicalAddress") && request.text.contains("2321000255"))
    #expect(request.text.contains("ProcessClaimSpecification"))
    let deliveries = try trial.gateway.get("/deliveries?route=billing-claims").json["deliveries"]
    let number = try #require((deliveries as? [[String: Any]])?.first?["number"] as? Int)
    // The region took the message, and refuses what it says.
    let refusal = Self.answer("ERROR", comment: "Id: R5, Test: summan stämmer inte")
    try neighbour.answer("{\"status\": 200, \"body\": \"\(refusal)\"}")
    #expect(try trial.gateway.post([], to: "/deliveries/\(number)/retry").status == 200)
    #expect(try trial.lines("work", until: "take it; Id: R5, Test: summan stämmer inte").count == 1)
    #expect(try trial.lines("show/1", until: "comment  Id: R5").contains { $0.contains("rejected") })
    try neighbour.answer("{\"status\": 200, \"body\": \"\(Self.answer("OK"))\"}")
    #expect(try trial.gateway.post([], to: "/deliveries/\(number)/retry").status == 200)
    _ = try trial.lines("show/1", until: "invoicing")
    #expect(try trial.lines("show/1", until: "accepted").contains { $0.hasPrefix("accepted") })
    #expect(try trial.ask("work").json["clean"] as? Bool == true)
  }

  private static func answer(_ code: String, comment: String = "") -> String {
    "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body><r:ProcessClaimSpecificationResponse"
      + " xmlns:r='urn:riv:financial:billing:claim:ProcessClaimSpecificationResponder:1'><r:resultCode>\(code)</r:resultCode>\(comment.isEmpty ? "" : "<r:comment>\(comment)</r:comment>")</r:ProcessClaimSpecificationResponse></s:Body></s:Envelope>"
  }
}
