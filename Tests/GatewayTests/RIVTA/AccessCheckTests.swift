import Audit
import Foundation
import TestRig
import Testing

@testable import Gateway

/// Blocks, consent and the patient relation, against a service that answers well, badly, or not at all.
@Suite(.enabled(if: RunningRIVTA.isPossible, "openssl, zeep or the shared folder is not there"))
struct AccessCheckTests {
  private static let actor = ["x-employee": "SE-DOCTOR"]

  private func running(_ neighbour: AccessNeighbour) async throws -> RunningRIVTA {
    let service = { (name: String) in
      "\(name): {url: 'http://127.0.0.1:\(neighbour.port)/\(name)', network: loopback, soap: {action: 'urn:x', logical-address: SE-X}}"
    }
    let rules = """
      rivta:
        addresses: {SE-SYSTEM-1: source, SE-ALL: all}
        consumers:
          npo:
            contracts: "*"
            addresses: "*"
            actor: {employee: header x-employee, care-unit: SE-UNIT-1, care-giver: SE-GIVER-1}
        checks:
          \(service("blocks"))
          \(service("consent"))
          \(service("patient-relation"))

      """
    return try RunningRIVTA(try await TestRecords.trial(), rules: rules)
  }

  @Test("What is blocked does not leave; what nothing is said of does not either; the rest does")
  func blocks() async throws {
    let neighbour = try AccessNeighbour()
    let running = try await running(neighbour)
    let expectations: [(answer: String, ids: [String])] = [
      ("{}", ["K-3", "K-2", "K-5", "K-4", "K-1"]),
      (#"{"blocked": ["SE-UNIT-2"]}"#, ["K-3", "K-2", "K-5", "K-1"]),
      (#"{"silent-about": ["SE-UNIT-1"]}"#, ["K-5", "K-4"]),
      (#"{"blocked": ["SE-UNIT-1", "SE-UNIT-2", "SE-UNIT-3"]}"#, []),
      // Other care givers' records only.
      (#"{"consent": false}"#, ["K-3", "K-2", "K-4", "K-1"]),
      (#"{"relation": false}"#, ["K-3", "K-2", "K-4", "K-1"]),
    ]
    for expectation in expectations {
      try neighbour.answer(expectation.answer)
      for writing in RIVTAContractTests.writings {
        let answer = try running.ask(
          .init(contract: writing.contract, body: writing.body(), headers: Self.actor))
        #expect(writing.ids(answer) == expectation.ids, Comment(rawValue: expectation.answer + answer.fault))
      }
    }
    for (contract, folder) in [
      ("CheckBlocks", "ehr.blocking/3.2.1"), ("CheckConsent", "ehr.patientconsent/1.0.1_RC1"),
      ("CheckPatientRelation", "ehr.patientrelationship/1.0.1_RC1"),
    ] {
      let version = contract == "CheckBlocks" ? "3.0" : "1.0"
      let schema =
        "\(folder)/schemas/interactions/accesscontrol/\(contract)Interaction/\(contract)Responder_\(version).xsd"
      let files = try neighbour.requests(contract)
      #expect(!files.isEmpty)
      #expect(try XMLLint.validate(files, against: schema) == "")
    }
  }

  @Test("When a service fails, or nobody says on whose behalf it is asked, nothing leaves")
  func failures() async throws {
    let neighbour = try AccessNeighbour()
    let running = try await running(neighbour)
    for contract in ["CheckBlocks", "CheckConsent", "CheckPatientRelation"] {
      for fault in ["500", "drop", "garbage", "empty"] {
        try neighbour.answer(#"{"fault": {"\#(contract)": "\#(fault)"}}"#)
        let answer = try running.ask(.init(headers: Self.actor))
        #expect(answer.status == 500 && answer.fault.contains("VP009") && !answer.body.contains("K-"))
      }
    }
    try neighbour.answer(#"{"code": "ACCESSDENIED"}"#)
    #expect(try running.ask(.init(headers: Self.actor)).fault.contains("VP009"))
    try neighbour.answer("{}")
    #expect(try running.ask(.init()).fault.contains("VP007"))
    #expect(running.audit.allSatisfy { $0.outcome != .done })
  }
}
