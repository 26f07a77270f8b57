import Audit
import Foundation
import TestRig
import Testing

@testable import Gateway

/// The behaviours that the official test suites of the NPÖ contracts ask of a producer, each of each contract: by zeep
/// with the official WSDLs over mutual TLS, judged by the official schemas and by what the descriptions demand beyond
/// them.
@Suite(.enabled(if: RunningRIVTA.isPossible, "openssl, zeep or the shared folder is not there"))
struct ProducerBehaviourTests {
  typealias Writing = RIVTAContractTests.Writing

  /// For all that only ask.
  private static let shared = Task { try RunningRIVTA(try await TestRecords.trial()) }
  private static let all = ["K-3", "K-2", "K-5", "K-4", "K-1"]

  /// A question, and the records that answer it.
  private typealias Question = (more: [String: Any], address: String, patient: String, expected: [String])

  private static func question(
    _ more: [String: Any] = [:], at address: String = "SE-SYSTEM-1", of patient: String = "191212121212",
    _ expected: [String]
  ) -> Question { (more, address, patient, expected) }

  private func expect(_ questions: [Question], of writing: Writing, in running: RunningRIVTA? = nil)
    async throws
  {
    let running = if let running { running } else { try await Self.shared.value }
    let answers = try running.ask(
      questions.map { question in
        RunningRIVTA.Call(
          contract: writing.contract, address: question.address,
          body: writing.body(question.more, patient: question.patient))
      })
    for (answer, question) in zip(answers, questions) {
      let what = Comment(rawValue: "\(question): \(answer.fault)\(answer.error)")
      #expect(answer.status == 200 && answer.error.isEmpty && answer.fault.isEmpty, what)
      #expect(writing.ids(answer) == question.expected, what)
    }
    #expect(answers.count == questions.count)
    #expect(try RIVTAContractTests.complaints(answers, writing.contract) == "")
  }

  private static func days(_ writing: Writing, _ start: String, _ end: String) -> [String: Any] {
    [writing.period: ["start": start, "end": end]]
  }

  @Test(
    "Basic: with all that narrows at once, what fits is answered, and logged",
    arguments: RIVTAContractTests.writings)
  func basic(_ writing: Writing) async throws {
    let running = try RunningRIVTA(try await TestRecords.trial())
    let more = Self.days(writing, "20260101", "20261231").merging([
      writing.unit: [writing.hsa("SE-UNIT-1")], writing.source: writing.hsa("SE-SYSTEM-1"),
    ]) { $1 }
    try await expect([Self.question(more, ["K-3", "K-2", "K-1"])], of: writing, in: running)
    let events = running.audit
    #expect(events.count == 1 && events[0].outcome == .done && events[0].action == .read)
    #expect(events[0].patient != nil && events[0].system == "SE2321000016-A001")
  }

  @Test(
    "Only patient id: all of the system, the newest first, and nothing of another system's",
    arguments: RIVTAContractTests.writings)
  func onlyPatient(_ writing: Writing) async throws {
    try await expect(
      [
        Self.question([:], Self.all),
        Self.question(at: "SE-ALL", ["K-3", "K-2", "K-6", "K-5", "K-4", "K-1"]),
        Self.question(of: "201701012393", ["K-7"]),
      ], of: writing)
  }

  @Test(
    "Date boundaries: the first and the last day are in the period, those beside it are not",
    arguments: RIVTAContractTests.writings)
  func dates(_ writing: Writing) async throws {
    try await expect(
      [
        Self.question(Self.days(writing, "20260101", "20260131"), ["K-2", "K-5", "K-4", "K-1"]),
        Self.question(Self.days(writing, "20260131", "20260131"), ["K-2"]),
        Self.question(Self.days(writing, "20260201", "20260201"), ["K-3"]),
        Self.question(Self.days(writing, "20260102", "20260130"), ["K-5", "K-4"]),
        Self.question(Self.days(writing, "20260202", "20261231"), []),
        Self.question(Self.days(writing, "20250101", "20251231"), []),
      ], of: writing)
  }

  @Test("Care unit filter: one, several, and one that has nothing", arguments: RIVTAContractTests.writings)
  func careUnits(_ writing: Writing) async throws {
    try await expect(
      [
        Self.question([writing.unit: [writing.hsa("SE-UNIT-2")]], ["K-4"]),
        Self.question([writing.unit: [writing.hsa("SE-UNIT-2"), writing.hsa("SE-UNIT-3")]], ["K-5", "K-4"]),
        Self.question([writing.unit: [writing.hsa("SE-UNIT-9")]], []),
      ], of: writing)
  }

  @Test(
    "Care contact filter: the contacts asked for, of their source system",
    arguments: RIVTAContractTests.writings.filter(\.hasContacts))
  func careContacts(_ writing: Writing) async throws {
    let ask = { (ids: [String], expected: [String]) in
      Self.question([writing.source: writing.hsa("SE-SYSTEM-1"), "careContactId": ids], expected)
    }
    try await expect(
      [ask(["K-1"], ["K-1"]), ask(["K-1", "K-4"], ["K-4", "K-1"]), ask(["K-6"], [])], of: writing)
  }

  @Test("Source system filter: the address's own, or any of all", arguments: RIVTAContractTests.writings)
  func sources(_ writing: Writing) async throws {
    try await expect(
      [
        Self.question([writing.source: writing.hsa("SE-SYSTEM-1")], Self.all),
        Self.question([writing.source: writing.hsa("SE-SYSTEM-2")], at: "SE-ALL", ["K-6"]),
        Self.question([writing.source: writing.hsa("SE-SYSTEM-9")], at: "SE-ALL", []),
      ], of: writing)
  }

  @Test("Empty answer: for a patient of whom nothing is known", arguments: RIVTAContractTests.writings)
  func empty(_ writing: Writing) async throws {
    try await expect([Self.question(of: "195009072553", [])], of: writing)
  }

  @Test("HTTP headers: come back with answers and with faults", arguments: RIVTAContractTests.writings)
  func headers(_ writing: Writing) async throws {
    let headers = [
      "x-skltp-correlation-id": "c-1", "x-rivta-original-serviceconsumer-hsaid": "SE-ORIGINAL",
      "x-rivta-acting-on-behalf-of-hsaid": "SE-ACTING",
    ]
    let answers = try await Self.shared.value.ask([
      .init(contract: writing.contract, body: writing.body(), headers: headers),
      .init(contract: writing.contract, address: "SE-NOWHERE", body: writing.body(), headers: headers),
    ])
    #expect(answers.map(\.status) == [200, 500])
    for answer in answers {
      #expect(
        headers.allSatisfy { answer.headers[$0.key] == $0.value } && answer.headers["x-skltp-prt"] != nil)
    }
  }

  @Test(
    "Fault: a technical error is a SOAP fault with its code, without personal data and without records",
    arguments: RIVTAContractTests.writings)
  func fault(_ writing: Writing) async throws {
    let answers = try await Self.shared.value.ask([
      .init(contract: writing.contract, address: "SE-NOWHERE", body: writing.body()),
      .init(contract: writing.contract, body: writing.body(), path: "/rivta/x/rivtabp20"),
    ])
    for (answer, code) in zip(answers, ["VP004", "VP001"]) {
      #expect(answer.status == 500 && answer.fault.contains(code) && writing.ids(answer) == [])
      #expect(!answer.body.contains("191212121212"))
    }
    let failing = try RunningRIVTA(try await TestRecords.trial(), fails: true)
    let unlogged = try failing.ask(.init(contract: writing.contract, body: writing.body()))
    #expect(unlogged.status == 500 && unlogged.fault.contains("VP009") && writing.ids(unlogged) == [])
    #expect(!unlogged.body.contains("191212121212"))
  }
}
