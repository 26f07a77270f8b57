import Audit
import Foundation
import TestRig
import Testing

@testable import Gateway

/// Nothing comes out for those who may not ask, and every attempt is known afterwards.
@Suite(.enabled(if: RunningRIVTA.isPossible, "openssl, zeep or the shared folder is not there"))
struct RIVTARefusalTests {
  private func refuses(_ answer: RunningRIVTA.Answer, _ code: String) -> Bool {
    answer.status == 500 && answer.fault.contains(code) && !answer.body.contains("K-1")
      && !answer.body.contains("191212121212")
  }

  @Test("Strangers, foreign addresses, foreign contracts and borrowed names get a fault and nothing else")
  func refusals() async throws {
    let running = try RunningRIVTA(try await TestRecords.trial())
    let calls: [(call: RunningRIVTA.Call, code: String)] = [
      (.init(client: nil), "VP002"), (.init(client: "stranger-client"), "VP002"),
      (.init(client: "expired"), "VP002"), (.init(client: "trick"), "VP007"),
      (.init(client: "second"), "VP007"),
      (.init(contract: .diagnosis, address: "SE-ALL", client: "second"), "VP007"),
      (.init(address: "SE-SYSTEM-2"), "VP007"), (.init(address: "SE-NOWHERE"), "VP004"),
      (.init(address: ""), "VP003"),
      (.init(headers: ["x-rivta-original-serviceconsumer-hsaid": "SE-FOREIGN"]), "VP013"),
      (.init(headers: ["x-rivta-routing-history": "SE-X,SE2321000016-SLUSS"]), "VP014"),
      (.init(path: "/rivta/GetCareContacts/3/rivtabp20"), "VP001"),
    ]
    let answers = try running.ask(calls.map(\.call))
    for (answer, code) in zip(answers, calls.map(\.code)) {
      #expect(refuses(answer, code), Comment(rawValue: "\(code): \(answer)"))
    }
    // Those who are not recognised are told to the operator; the others are in the audit log.
    let refused = running.audit.filter { $0.outcome == .refused }
    #expect(refused.map { String($0.route.suffix(5)) } == calls.dropFirst(4).map(\.code))
    #expect(running.audit.count == refused.count)
  }

  @Test("What is no request is a fault with HTTP 500 and a client's, whatever it is")
  func unreadable() async throws {
    let running = try RunningRIVTA(try await TestRecords.trial([]))
    let head = #"<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header>"#
    let address = #"<LogicalAddress xmlns="urn:riv:itintegration:registry:1">SE-SYSTEM-1</LogicalAddress>"#
    let contract = "urn:riv:clinicalprocess:logistics:logistics:GetCareContactsResponder:3"
    let bodies: [(text: String, code: String)] = [
      ("", "VP015"), ("{}", "VP015"), ("<a/>", "VP015"),
      (
        "<!DOCTYPE a [<!ENTITY b 'c'>]>" + head + address
          + "</s:Header><s:Body><a>&b;</a></s:Body></s:Envelope>", "VP015"
      ),
      (head + address + "</s:Header></s:Envelope>", "VP015"),
      (head + address + "</s:Header><s:Body/></s:Envelope>", "VP015"),
      (head + address + address + "</s:Header><s:Body><a/></s:Body></s:Envelope>", "VP015"),
      (head + "</s:Header><s:Body><a/></s:Body></s:Envelope>", "VP003"),
      (head + address + "</s:Header><s:Body><a xmlns='urn:x'/></s:Body></s:Envelope>", "VP004"),
      (
        head + address
          + "<h xmlns='urn:h' s:mustUnderstand='1'/></s:Header><s:Body><a/></s:Body></s:Envelope>", "VP015"
      ),
      (
        head + address + "</s:Header><s:Body><GetCareContacts xmlns='\(contract)'/></s:Body></s:Envelope>",
        "VP015"
      ),
      ("<e:Envelope xmlns:e='http://www.w3.org/2003/05/soap-envelope'/>", "VP001"),
    ]
    for body in bodies {
      let answer = try curl(running, body.text)
      #expect(answer.contains(body.code) && answer.hasSuffix("500"), Comment(rawValue: body.text + answer))
      #expect(answer.contains("soap:Client"))
    }
    let action = try curl(
      running,
      head + address + "</s:Header><s:Body><GetCareContacts xmlns='\(contract)'/></s:Body></s:Envelope>",
      "-H", "SOAPAction: \"urn:other\"")
    #expect(action.contains("VP015"))
  }

  @Test("What cannot be recorded does not leave")
  func withoutAudit() async throws {
    let running = try RunningRIVTA(try await TestRecords.trial(), fails: true)
    #expect(refuses(try running.ask(.init()), "VP009"))
  }

  @Test("Without TLS a system that is known is refused")
  func withoutTLS() throws {
    let yaml = "systems:\n  npo: {tokens: [\(TokenHash(of: "t").description)]}\n"
    let gateway = try RunningEntrance(yaml)
    let answer = try gateway.curl("/rivta/GetCareContacts/3/rivtabp21", token: "t", "--data-binary", "<a/>")
    #expect(answer.status == 500 && answer.text.contains("VP011"))
  }

  private func curl(_ running: RunningRIVTA, _ body: String, _ options: String...) throws -> String {
    try RunningEntrance.run(
      "/usr/bin/curl",
      [
        "-sS", "--max-time", "300", "-w", "%{http_code}", "--cacert",
        running.certificates.path("authority.pem"),
        "--cert", running.certificates.path("client.pem"), "--key", running.certificates.path("client.key"),
        "--data-binary", body, "-H", "Content-Type: text/xml",
      ] + options + ["https://localhost:\(running.entrance.port)/rivta/x"])
  }
}
