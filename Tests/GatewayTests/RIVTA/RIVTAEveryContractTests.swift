import Audit
import Foundation
import Store
import TestRig
import Testing

@testable import Gateway

/// What holds for each of the contracts alike: headers, faults, refusals, and what has no room.
@Suite(.enabled(if: RunningRIVTA.isPossible, "openssl, zeep or the shared folder is not there"))
struct RIVTAEveryContractTests {
  private static let headers = [
    "x-skltp-correlation-id": "c-1", "x-rivta-original-serviceconsumer-hsaid": "SE-ORIGINAL",
    "x-rivta-acting-on-behalf-of-hsaid": "SE-ACTING",
  ]

  private func comesBack(_ answer: RunningRIVTA.Answer) -> Bool {
    Self.headers.allSatisfy { answer.headers[$0.key] == $0.value }
  }

  @Test("The headers of a call come back with answers and with faults, and stand in audit and log")
  func headers() async throws {
    let running = try RunningRIVTA(try await TestRecords.trial())
    for writing in RIVTAContractTests.writings {
      let answers = try running.ask([
        .init(contract: writing.contract, body: writing.body(), headers: Self.headers),
        .init(contract: writing.contract, address: "SE-NOWHERE", body: writing.body(), headers: Self.headers),
      ])
      #expect(answers[0].status == 200 && comesBack(answers[0]))
      #expect(answers[1].status == 500 && answers[1].fault.contains("VP004") && comesBack(answers[1]))
    }
    #expect(running.audit.allSatisfy { $0.correlation == "c-1" && $0.system.hasSuffix(" for SE-ORIGINAL") })
    #expect(running.news.count == 5 && running.audit.count == 10)
    for news in running.news {
      #expect(
        news.code == "VP004" && news.correlation == "c-1" && news.consumer.hasSuffix(" for SE-ORIGINAL"))
      #expect(running.audit.contains { $0.message == news.id && $0.outcome == .refused })
      #expect(!news.text.contains("191212121212"))
    }
  }

  @Test("Without a certificate, with a wrong HSA-id or for a foreign address no contract lets anything out")
  func refusals() async throws {
    let running = try RunningRIVTA(try await TestRecords.trial())
    for writing in RIVTAContractTests.writings {
      let calls: [(call: RunningRIVTA.Call, code: String)] = [
        (.init(contract: writing.contract, body: writing.body(), client: nil), "VP002"),
        (.init(contract: writing.contract, body: writing.body(), client: "stranger-client"), "VP002"),
        (.init(contract: writing.contract, body: writing.body(), client: "trick"), "VP007"),
        (.init(contract: writing.contract, address: "SE-SYSTEM-2", body: writing.body()), "VP007"),
        (.init(contract: writing.contract, address: "SE-NOWHERE", body: writing.body()), "VP004"),
      ]
      let answers = try running.ask(calls.map(\.call))
      for (answer, code) in zip(answers, calls.map(\.code)) {
        let what = Comment(rawValue: "\(writing.contract.schema) \(code): \(answer)")
        #expect(answer.status == 500 && answer.fault.contains(code) && writing.ids(answer) == [], what)
        #expect(!answer.body.contains("191212121212"), what)
      }
    }
    #expect(running.audit.count == 10 && running.audit.allSatisfy { $0.outcome == .refused })
  }

  @Test("What was nullified is told as each contract says, and not at all where it has no way to")
  func nullified() async throws {
    let trial = try await TestRecords.trial()
    try await TestRecords.nullify("K-1", in: trial)
    let running = try RunningRIVTA(trial)
    for writing in RIVTAContractTests.writings {
      let answer = try running.ask(.init(contract: writing.contract, body: writing.body()))
      #expect(answer.status == 200, Comment(rawValue: answer.fault + answer.error))
      #expect(try RIVTAContractTests.complaints([answer], writing.contract) == "")
      switch writing.contract.schema {
      case RIVTAContractFile.careContacts.schema:
        // Its status says so; nullified must not be used.
        #expect(writing.ids(answer).contains("K-1") && answer.body.contains("53691000052102"))
        #expect(answer.texts("nullified").isEmpty)
      case RIVTAContractFile.careContacts2.schema:
        #expect(writing.ids(answer).contains("K-1"))
        #expect(answer.texts("nullified").filter { $0 == "true" }.count == 1)
      default:
        #expect(!writing.ids(answer).contains("K-1") && writing.ids(answer).contains("K-3"))
        #expect(answer.texts("nullified").isEmpty)
      }
    }
  }

  @Test("What is too large for one answer goes in several where the contract has a way, else it is a fault")
  func tooLarge() async throws {
    let running = try RunningRIVTA(try await TestRecords.trial(), largest: 6000)
    let writing = RIVTAContractTests.writings[2]
    var ids: [String] = []
    var more: [String: Any] = [:]
    for _ in 0..<9 {
      let answer = try running.ask(.init(contract: writing.contract, body: writing.body(more)))
      #expect(answer.status == 200 && answer.body.utf8.count <= 6000)
      #expect(writing.ids(answer).count < 5)
      ids += writing.ids(answer)
      guard let reference = answer.texts("reference").first else { break }
      more = ["hasMoreReference": reference]
    }
    #expect(ids == ["K-3", "K-2", "K-5", "K-4", "K-1"])
  }

  @Test("Notifications of another index are kept, and what is none is told in the result")
  func notifications() async throws {
    let running = try RunningRIVTA(try await TestRecords.trial([]))
    let post: [String: Any] = [
      "registeredResidentIdentification": "191212121212", "serviceDomain": "riv:crm:scheduling",
      "categorization": "Booking", "logicalAddress": "SE-UNIT", "businessObjectInstanceIdentifier": "B-1",
      "clinicalProcessInterestId": "NA", "sourceSystem": "SE-OTHER", "dataController": "SE-GIVER",
    ]
    let answers = try ["191212121212", "tolvan"].map { number in
      let engagement = post.merging(["registeredResidentIdentification": number]) { $1 }
      return try running.ask(
        .init(
          contract: .notification,
          body: ["engagementTransaction": [["deleteFlag": false, "engagement": engagement]]]))
    }
    #expect(answers.map { $0.texts("ResultCode") } == [["OK"], ["ERROR"]], Comment(rawValue: "\(answers)"))
    #expect(try RIVTAContractTests.complaints(answers, .notification) == "")
    let kept = try running.store.messages(matching: MessageQuery(), limit: 9).messages
    #expect(kept.count == 2 && kept.allSatisfy { $0.mapping == "engagement-index/process-notification" })
    #expect(running.audit.map(\.action) == [.write, .write])
  }
}
