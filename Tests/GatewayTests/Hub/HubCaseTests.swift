import Foundation
import Gateway
import Mapping
import Store
import TestRig
import Testing

/// The hub takes what the repository's own mappings make of their cases.
struct HubCaseTests {
  /// What the cases tell: the folder, the mapping, and the Bundle.
  private func cases() throws -> [(folder: String, mapping: String, bundle: [UInt8])] {
    try MappingFolder.cases(in: RepositoryFolder.path + "/Mappings").compactMap { folder in
      let bundle = URL(fileURLWithPath: folder + "/hub.json")
      guard let bytes = try? Data(contentsOf: bundle) else { return nil }
      let text = try String(contentsOfFile: folder + "/case.yaml", encoding: .utf8)
      let from = text.split(separator: "\n").first { $0.hasPrefix("from: ") }?.dropFirst("from: ".count)
      return from.map { (folder, String($0), Array(bytes)) }
    }
  }

  @Test("Every case is merged, read back as a document, and told in vain when it comes again")
  func merging() async throws {
    let trial = try HubTrial()
    let merger = try HubTrial.merger()
    let translator = Translator(try HubTrial.library.get())
    let cases = try cases()
    #expect(cases.count > 100)
    for (number, told) in cases.enumerated() {
      let event = HubEvent(
        message: "m\(number)", mapping: told.mapping, mappingVersion: "1",
        received: HubMessage.start + Int64(number), bundle: told.bundle)
      let merge = try await trial.take(event, with: merger)
      let receipt = Receipt(received: "2026-11-21T10:15:00+01:00", id: "m")
      #expect(throws: Never.self, "\(told.folder)") {
        try translator.readHub(merge.document, named: "hub", receipt: receipt)
      }
      #expect(try merger.merge(event, over: trial.store).isVain, "\(told.folder)")
    }
    let visits = try trial.store.materials(limit: 10_000).filter { $0.resource.type == "Encounter" }
    #expect(visits.count > 5)
    // The same visit in many messages is one.
    #expect(visits.contains { $0.resource.version > 3 })
  }

  @Test("What the merged hub has can be delivered as documents of other formats")
  func delivering() async throws {
    let trial = try HubTrial()
    let merger = try HubTrial.merger()
    let library = try HubTrial.library.get()
    let translator = Translator(library)
    let told = try #require(try cases().first { $0.folder.hasSuffix("visiba/cases/completed-visit") })
    let event = HubEvent(
      message: "m", mapping: told.mapping, mappingVersion: "1", received: HubMessage.start,
      bundle: told.bundle)
    let merge = try await trial.take(event, with: merger)
    let receipt = Receipt(received: "2026-11-21T10:15:00+01:00", id: "m")
    func written(_ bundle: [UInt8]) throws -> String {
      try translator.readHub(bundle, named: "hub", receipt: receipt)
      let journal = try translator.write(as: try library.mapping("journal/event"))
      return String(decoding: journal, as: UTF8.self)
    }
    #expect(try written(merge.document) == written(told.bundle))
  }

  @Test("After the rules were changed, what is stored is found by the new keys")
  func reindexing() async throws {
    let files = try MappingFolder.files(in: RepositoryFolder.path + "/Mappings")
    let before = files.map { file in
      guard file.kind == .store else { return file }
      let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
        .filter { !$0.contains("care-unit:") && !$0.contains("category:") }
      return ConfigurationFile(path: file.path, name: file.name, text: lines.joined(separator: "\n"))
    }
    let trial = try HubTrial()
    let old = HubMerger(try MappingLibrary(before), names: HubTrial.names)
    var message = HubMessage(id: "a", time: 1)
    message.others = [HubMessage.diagnosis(id: "D-1", code: "J06.9")]
    try await trial.take(message.event, with: old)
    func found() throws -> Int {
      let patient = HubTrial.names.resource("Patient", "\(HubMessage.personnummer)|191212121212")
      return try trial.ask("Condition", patient: patient, values: [(name: "care-unit", anyOf: ["UNIT-1"])])
        .count
    }
    #expect(try found() == 0)
    let merger = try HubTrial.merger()
    var place: Int64? = 0
    while let from = place {
      let step = try merger.reindex(trial.store, after: from, limit: 2)
      try await trial.apply(step.changes).get()
      place = step.next
    }
    #expect(try found() == 1)
    // Nothing is left to do.
    #expect(try merger.reindex(trial.store, after: 0, limit: 100).changes.isEmpty)
  }
}
