import Audit
import Foundation
import TestRig
import Testing

@testable import Gateway

/// What the official test suites ask of a producer, by zeep with the official WSDLs over mutual TLS.
@Suite(.enabled(if: RunningRIVTA.isPossible, "openssl, zeep or the shared folder is not there"))
struct RIVTAContractTests {
  /// How each contract writes its questions.
  struct Writing: Sendable, CustomTestStringConvertible {
    let contract: RIVTAContractFile
    /// The prefix of the ids of its records, and where they stand.
    let prefix, id: String
    let period, unit, source: String
    var hasContacts = true
    var isByRoot = false

    var testDescription: String { contract.schema.split(separator: "/").last.map(String.init) ?? "" }

    func hsa(_ id: String) -> Any { isByRoot ? ["root": "1.2.752.129.2.1.4.1", "extension": id] : id }

    func body(_ more: [String: Any] = [:], patient: String = "191212121212") -> [String: Any] {
      let type = "1.2.752.129.2.1.3.1"
      let id = isByRoot ? ["root": type, "extension": patient] : ["id": patient, "type": type]
      return ["patientId": id].merging(more) { $1 }
    }

    /// The ids of the records, without the prefix.
    func ids(_ answer: RunningRIVTA.Answer) -> [String] {
      answer.texts(id).filter { $0.hasPrefix(prefix + "K-") }.map { String($0.dropFirst(prefix.count)) }
    }
  }

  static let writings = [
    Writing(
      contract: .careContacts, prefix: "", id: "documentId", period: "datePeriod", unit: "careUnitHSAId",
      source: "sourceSystemHSAId"),
    Writing(
      contract: .careContacts2, prefix: "", id: "documentId", period: "timePeriod", unit: "careUnitHSAId",
      source: "sourceSystemHSAId"),
    Writing(
      contract: .documentation, prefix: "N", id: "extension", period: "datePeriod", unit: "careUnit",
      source: "sourceSystemId", hasContacts: false, isByRoot: true),
    Writing(
      contract: .documentation2, prefix: "N", id: "documentId", period: "timePeriod", unit: "careUnitHSAid",
      source: "sourceSystemHSAid", hasContacts: false),
    Writing(
      contract: .diagnosis, prefix: "D", id: "documentId", period: "timePeriod", unit: "careUnitHSAId",
      source: "sourceSystemHSAId"),
  ]

  @Test("Care contacts' ids choose among records, from their own source system alone")
  func careContactIDs() async throws {
    let running = try RunningRIVTA(try await TestRecords.trial())
    let writings = Self.writings.filter { $0.hasContacts }
    for writing in writings {
      let ask = { (more: [String: Any]) in
        RunningRIVTA.Call(contract: writing.contract, body: writing.body(more))
      }
      let system: [String: Any] = [writing.source: writing.hsa("SE-SYSTEM-1")]
      let answers = try running.ask([
        ask(system.merging(["careContactId": ["K-1", "K-4"]]) { $1 }),
        ask(system.merging(["careContactId": ["K-6"]]) { $1 }), ask(["careContactId": ["K-1"]]),
        ask([writing.source: writing.hsa("SE-SYSTEM-2")]),
      ])
      #expect(writing.ids(answers[0]) == ["K-4", "K-1"])
      #expect(writing.ids(answers[1]) == [] && answers[1].status == 200)
      // Without the source system, or with another one than the address: told in the result, or as a fault
      // by 2.0.
      for answer in answers[2...] {
        let isTold =
          answer.texts("resultCode") == ["ERROR"] && answer.texts("errorCode") == ["INVALID_REQUEST"]
        #expect(isTold || answer.fault.contains("VP015"), Comment(rawValue: answer.body + answer.error))
        #expect(writing.ids(answer) == [])
      }
    }
  }

  @Test("The headers of the call come back, and what the gateway calls it is in result and audit")
  func headers() async throws {
    let running = try RunningRIVTA(try await TestRecords.trial())
    let answers = try running.ask([
      RunningRIVTA.Call(headers: [
        "x-skltp-correlation-id": "c-1", "x-rivta-original-serviceconsumer-hsaid": "SE-ORIGINAL",
        "x-rivta-acting-on-behalf-of-hsaid": "SE-ACTING",
      ]), RunningRIVTA.Call(),
    ])
    #expect(answers[0].headers["x-skltp-correlation-id"] == "c-1")
    #expect(answers[0].headers["x-rivta-original-serviceconsumer-hsaid"] == "SE-ORIGINAL")
    #expect(answers[0].headers["x-rivta-acting-on-behalf-of-hsaid"] == "SE-ACTING")
    #expect(Int(answers[0].headers["x-skltp-prt"] ?? "") != nil)
    #expect(answers[1].headers["x-skltp-correlation-id"]?.isEmpty == false)
    #expect(answers[1].headers["x-rivta-original-serviceconsumer-hsaid"] == nil)
    let events = running.audit
    #expect(events.map(\.correlation) == ["c-1", answers[1].headers["x-skltp-correlation-id"]])
    #expect(events[0].system == "SE2321000016-A001 for SE-ORIGINAL")
    #expect(answers.map { $0.texts("logId") } == events.map { [$0.message] })
  }

  @Test("What one answer has no room for is asked for with its reference, nothing twice and nothing left out")
  func paging() async throws {
    let running = try RunningRIVTA(try await TestRecords.trial(), most: 2)
    let writing = Self.writings[2]
    var (ids, answers): ([[String]], [RunningRIVTA.Answer]) = ([], [])
    var more: [String: Any] = [:]
    for _ in 0..<5 {
      let answer = try running.ask(.init(contract: writing.contract, body: writing.body(more)))
      ids.append(writing.ids(answer))
      answers.append(answer)
      guard let reference = answer.texts("reference").first else { break }
      #expect(answer.texts("logicalAddress") == ["SE-SYSTEM-1"])
      more = ["hasMoreReference": reference]
    }
    #expect(ids == [["K-3", "K-2"], ["K-5", "K-4"], ["K-1"]])
    #expect(try Self.complaints(answers, writing.contract) == "")
    let wrong = try running.ask(
      .init(contract: writing.contract, body: writing.body(["hasMoreReference": "x"])))
    #expect(wrong.texts("resultCode") == ["ERROR"] && writing.ids(wrong) == [])
  }

  @Test("PingForConfiguration tells what is answered, by its schema")
  func ping() async throws {
    let running = try RunningRIVTA(try await TestRecords.trial([]))
    let answer = try running.ask(
      RunningRIVTA.Call(
        contract: .ping, body: ["serviceContractNamespace": "urn:x", "logicalAddress": "SE-SYSTEM-1"]))
    #expect(answer.status == 200 && answer.texts("name").contains("GetDiagnosis/2"))
    #expect(try Self.complaints([answer], .ping) == "")
  }

  static func complaints(
    _ answers: [RunningRIVTA.Answer], _ contract: RIVTAContractFile
  ) throws -> String {
    let folder = URL(filePath: NSTemporaryDirectory() + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var files: [String] = []
    for (number, answer) in answers.enumerated() {
      let file = folder.appending(path: "\(number).xml")
      try Data(answer.body.utf8).write(to: file)
      files.append(file.path)
    }
    return try XMLLint.validate(files, against: contract.schema) + ContractRules.breaches(answers.map(\.body))
  }
}
