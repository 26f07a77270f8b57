import Audit
import Foundation
import Testing

@testable import Gateway

/// The façade asks the block, consent and relation services about what it is about to show.
struct FHIRBlockTests {
  private static let tolvan = "\(HubMessage.personnummer)|191212121212"
  private static let types = ["Encounter", "Condition", "Appointment", "Provenance"]

  private struct Clinic {
    let running: RunningFHIR
    let neighbour: AccessNeighbour

    func get(_ path: String, employee: String? = "SE-DOCTOR", token: String = "t") async throws
      -> RunningFHIR.Answer
    {
      let person = employee.map { ["-H", "x-employee: \($0)"] } ?? []
      return try await running.get(path, options: ["-H", "Authorization: Bearer \(token)"] + person)
    }

    /// The units of what a search shows, by what the visits, and what hangs on them, are called.
    func visits(_ type: String) async throws -> Int {
      try await get("/fhir/\(type)?patient.identifier=\(tolvan)").ids.count
    }
  }

  /// Three visits: two at units of one care giver, one of another care giver's.
  private func clinic(ownChecks: Set<AccessCheck> = []) async throws -> Clinic {
    let neighbour = try AccessNeighbour()
    let checks = Dictionary(
      uniqueKeysWithValues: AccessCheck.allCases.map { check in
        var target = HTTPTarget(url: "http://127.0.0.1:\(neighbour.port)/\(check.rawValue)")
        target.network = .loopback
        target.soap = HTTPTarget.SOAP(action: "urn:x", logicalAddress: "SE-X")
        return (check.rawValue, target)
      })
    var consumer = FHIRConsumer()
    consumer.ownChecks = ownChecks
    (consumer.actor.employee, consumer.actor.careUnit, consumer.actor.careGiver) =
      ("header x-employee", "UNIT-1", "GIVER-1")
    var rules = FHIRRules()
    rules.consumers["reader"] = consumer
    let accounts = ["reader", "foreign"].map { name in
      var account = SystemAccount(name)
      account.tokens = [TokenHash(of: name == "reader" ? "t" : "f")]
      account.grants = Grants([.seeBodies: [.all]])
      return account
    }
    let running = try RunningFHIR(access: Access(accounts), rules: rules, checks: checks)
    for (number, unit, giver) in [
      (1, "UNIT-1", "GIVER-1"), (2, "UNIT-2", "GIVER-1"), (3, "UNIT-3", "GIVER-2"),
    ] {
      var message = HubMessage(id: "m-\(number)", time: Int64(number), visit: "V-\(number)")
      (message.careUnit, message.careGiver) = (unit, giver)
      message.encounter = [
        #""period": {"start": "\#(HubMessage.stamp(Int64(number)))"}, "appointment": [{"reference": "Appointment/booking"}]"#
      ]
      message.others = [
        HubMessage.diagnosis(id: "D-\(number)", code: "J06.9"),
        HubMessage.booking(status: "booked", start: Int64(number)),
      ]
      try await running.take(message)
    }
    return Clinic(running: running, neighbour: neighbour)
  }

  @Test("What is blocked, or of what nothing is said, is not shown, nor what hangs on it; the patient is")
  func blocks() async throws {
    let clinic = try await clinic()
    let expectations: [(answer: String, count: Int)] = [
      ("{}", 3), (#"{"blocked": ["UNIT-2"]}"#, 2), (#"{"silent-about": ["UNIT-1"]}"#, 2),
      (#"{"blocked": ["UNIT-1", "UNIT-2", "UNIT-3"]}"#, 0), (#"{"consent": false}"#, 2),
      (#"{"relation": false}"#, 2),
    ]
    for (answer, count) in expectations {
      try clinic.neighbour.answer(answer)
      for type in Self.types {
        #expect(try await clinic.visits(type) == count, Comment(rawValue: "\(type) \(answer)"))
      }
      #expect(try await clinic.get("/fhir/Patient?identifier=\(Self.tolvan)").ids.count == 1)
    }
    try clinic.neighbour.answer("{}")
    let id = try #require(try await clinic.get("/fhir/Encounter?identifier=V-2").ids.first)
    #expect(try await clinic.get("/fhir/Encounter/\(id)").status == 200)
    try clinic.neighbour.answer(#"{"blocked": ["UNIT-2"]}"#)
    #expect(try await clinic.get("/fhir/Encounter/\(id)").status == 404)
    let last = try #require(try clinic.running.logged().last)
    #expect(last.person == "SE-DOCTOR" && last.careUnit == "UNIT-1" && last.careGiver == "GIVER-1")
    #expect(last.system == "reader" && last.detail == "0 shown, 1 kept back")
    #expect(last.patient?.value == "191212121212")
    let asked = try clinic.neighbour.requests("CheckBlocks").compactMap {
      try String(contentsOfFile: $0, encoding: .utf8)
    }
    #expect(asked.contains { $0.contains(">vko<") } && asked.contains { $0.contains(">dia<") })
  }

  @Test(
    "When a service fails, nothing leaves; when nobody says who looks, or may not, it is refused; all is logged"
  )
  func failures() async throws {
    let clinic = try await clinic()
    let search = "/fhir/Encounter?patient.identifier=\(Self.tolvan)"
    for contract in ["CheckBlocks", "CheckConsent", "CheckPatientRelation"] {
      for fault in ["500", "drop", "garbage", "empty"] {
        try clinic.neighbour.answer(#"{"fault": {"\#(contract)": "\#(fault)"}}"#)
        let answer = try await clinic.get(search)
        #expect(
          answer.status == 503 && !answer.text.contains("V-"), Comment(rawValue: "\(contract) \(fault)"))
        #expect(try clinic.running.logged().last?.outcome == .failed)
      }
    }
    try clinic.neighbour.answer("{}")
    let nobody = try await clinic.get(search, employee: nil)
    #expect(nobody.status == 403 && nobody.issue == "forbidden" && !nobody.text.contains("V-"))
    #expect(try clinic.running.logged().last?.outcome == .refused)
    #expect(try await clinic.get(search, token: "f").status == 403)
    #expect(try await clinic.get(search, token: "x").status == 401)
    #expect(try await clinic.get(search).ids.count == 3)
  }

  @Test("A system that makes the checks itself is shown all, and nobody is asked")
  func ownChecks() async throws {
    let clinic = try await clinic(ownChecks: Set(AccessCheck.allCases))
    try clinic.neighbour.answer(#"{"fault": {"*": "500"}}"#)
    #expect(try await clinic.visits("Encounter") == 3)
    #expect(try clinic.neighbour.requests("CheckBlocks").isEmpty)
  }
}
