import Audit
import Foundation
import Gateway
import TestRig
import Testing

@Suite("GetAccessLogsForPatient 2.0", .timeLimit(.minutes(60)))
struct AccessLogTests {
  private static let namespace = "urn:riv:informationsecurity:auditing:log:GetAccessLogsForPatientResponder:2"
  private let data = NSTemporaryDirectory() + "sluss-" + UUID().uuidString

  private func request(
    _ patient: String = "191212121212", from: String = "2026-11-20T12:00:00",
    to: String = "2026-11-20T12:03:00", more: String = ""
  ) -> [UInt8] {
    Array(
      """
      <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header>\
      <LogicalAddress xmlns="urn:riv:itintegration:registry:1">SE-ALL</LogicalAddress></s:Header><s:Body>\
      <GetAccessLogsForPatient xmlns="\(Self.namespace)" xmlns:l="urn:riv:informationsecurity:auditing:log:2">\
      <patientId><l:root>1.2.752.129.2.1.3.1</l:root><l:extension>\(patient)</l:extension></patientId>\
      <fromDate>\(from)</fromDate><toDate>\(to)</toDate>\(more)</GetAccessLogsForPatient></s:Body></s:Envelope>
      """.utf8)
  }

  private func withGateway(
    _ events: [AuditEvent], _ body: (([UInt8]) throws -> String) throws -> Void,
    after: (GatewayLog) throws -> Void = { _ in }
  ) async throws {
    defer { try? FileManager.default.removeItem(atPath: data) }
    try await GatewayLog(data).append(events)
    let gateway = try RunningGateway(data: data) {
      var rules = RIVTARules()
      rules.addresses = ["SE-ALL": RIVTAAddress("SE-ALL", isOfAll: true)]
      $0.rivta = rules
    }
    do {
      defer { gateway.stop() }
      let path = "/rivta/GetAccessLogsForPatient/2/rivtabp21"
      try body { try gateway.post($0, to: path, ["-H", "Content-Type: text/xml"]).text }
    }
    try after(GatewayLog(data))
  }

  /// Whether xmllint allows an answer by the domain's official schema; the responder's has one element only.
  private func isValid(_ answer: String) throws -> Bool {
    guard let shared = SharedFolder.path else { return true }
    let schema = """
      <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:l="urn:riv:informationsecurity:auditing:log:2"
        targetNamespace="\(Self.namespace)" elementFormDefault="qualified">
        <xs:import namespace="urn:riv:informationsecurity:auditing:log:2" schemaLocation=
          "\(shared)/rivta/informationsecurity.auditing.log/2.0/schemas/core_components/informationsecurity_auditing_log_2.0.xsd"/>
        <xs:element name="GetAccessLogsForPatientResponse"><xs:complexType><xs:sequence>
          <xs:element name="accessLogsResult" type="l:AccessLogsResultType"/>
        </xs:sequence></xs:complexType></xs:element>
      </xs:schema>
      """
    let begin = try #require(answer.firstRange(of: "<soap:Body>")?.upperBound)
    let end = try #require(answer.firstRange(of: "</soap:Body>")?.lowerBound)
    let (rules, document) = (data + "/answer.xsd", data + "/answer.xml")
    try schema.write(toFile: rules, atomically: true, encoding: .utf8)
    try String(answer[begin..<end]).write(toFile: document, atomically: true, encoding: .utf8)
    return try XMLLint.valid([document], against: rules) == [document]
  }

  private func count(_ text: String, _ part: String) -> Int { text.components(separatedBy: part).count - 1 }

  @Test(
    "tells the accesses of the days asked for, of that patient only, as the schema wants them, and is logged")
  func accesses() async throws {
    let other = PatientIdentifier(system: GatewayLog.tolvan.system, value: "201212121212")
    var nameless = GatewayLog.reading(2)
    nameless.person = ""
    let events = [
      GatewayLog.reading(0), GatewayLog.reading(1), nameless, GatewayLog.reading(1, of: other),
      GatewayLog.reading(3), GatewayLog.reading(4),
    ]
    try await withGateway(events) { ask in
      let answer = try ask(request())
      #expect(count(answer, "<l:accessLog>") == 3 && answer.contains("<l:resultCode>OK<"))
      #expect(answer.contains("<l:accessDate>2026-11-20T12:00:00") && !answer.contains("12:04:00"))
      #expect(count(answer, "<l:resourceType>Vårdkontakt<") == 3)
      #expect(try isValid(answer))
      let nobody = try ask(request("189001019802"))
      #expect(nobody.contains("<l:resultCode>OK<") && count(nobody, "<l:accessLog>") == 0)
      #expect(try isValid(nobody))
    }
  }

  @Test("is an entry about the patient before the answer leaves")
  func logged() async throws {
    try await withGateway([GatewayLog.reading(0)]) { ask in
      _ = try ask(request())
    } after: { log in
      let entry = try #require(try log.events().last { $0.action == .read })
      #expect(entry.patient == GatewayLog.tolvan && entry.resourceKinds == ["Åtkomstlogg"])
      #expect(entry.detail == "1 accesses" && entry.route == "GetAccessLogsForPatient/2 @ SE-ALL")
    }
  }

  @Test(
    "says in its result what is wrong with a question, and tells nothing then",
    arguments: [
      ("2026-11-20T12:10:00", "", "VALIDATION_ERROR"),
      ("2026-11-20T12:00:00", "<queuedReportId>x</queuedReportId>", "REPORT_NOT_FOUND"),
    ])
  func wrong(_ from: String, _ more: String, _ code: String) async throws {
    try await withGateway([GatewayLog.reading(0)]) { ask in
      let answer = try ask(request(from: from, more: more))
      #expect(answer.contains("<l:resultCode>\(code)<") && count(answer, "<l:accessLog>") == 0)
      #expect(try isValid(answer))
    }
  }

  @Test("tells nothing when there are more than 10 000, but that")
  func tooMany() async throws {
    try await withGateway((0...10_000).map { _ in GatewayLog.reading(0) }) { ask in
      let answer = try ask(request())
      #expect(answer.contains("<l:resultCode>MAX_QUERY_RESULT_EXCEEDED<"))
      #expect(count(answer, "<l:accessLog>") == 0)
    }
  }
}
