import Foundation
import Gateway
import Mapping
import Store
import TestRig

/// A store of its own, and messages that are merged into it one by one.
final class HubTrial: Sendable {
  static let library = Result { try MappingFolder.load(RepositoryFolder.path + "/Mappings") }
  static let names = HubPseudonyms(key: Array("a key of no secrecy, 32 bytes long".utf8))

  let store: SQLiteMessageStore
  let questions: HubQuestions
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "hub-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    store = try SQLiteMessageStore(path: folder.appending(path: "store.sqlite").path)
    questions = HubQuestions(try Self.library.get(), names: Self.names)
  }

  deinit {
    store.close()
    try? FileManager.default.removeItem(at: folder)
  }

  static func merger() throws -> HubMerger { HubMerger(try library.get(), names: names) }

  /// Merges a message and stores what it changes.
  @discardableResult
  func take(_ event: HubEvent, with merger: HubMerger) async throws -> HubMerge {
    let merge = try merger.merge(event, over: store)
    try await apply(merge.changes).get()
    return merge
  }

  func apply(_ changes: [HubChange]) async -> Result<Void, StoreError> {
    await withCheckedContinuation { waiter in store.apply(changes) { waiter.resume(returning: $0) } }
  }

  func ask(
    _ type: String, patient: HubKey? = nil, values: [(name: String, anyOf: [String])] = [],
    times: [(name: String, within: ClosedRange<Int64>)] = []
  ) throws -> [HubResource] {
    var question = HubQuestion(type: type, patient: patient)
    question.values = values
    question.times = times
    return try store.resources(matching: try questions.query(question), limit: 1000).resources
  }
}

extension HubResource {
  var json: [String: Any] {
    (try? JSONSerialization.jsonObject(with: Data(content))) as? [String: Any] ?? [:]
  }
}

extension HubMerge {
  /// The resources of the document.
  var resources: [[String: Any]] {
    let bundle = (try? JSONSerialization.jsonObject(with: Data(document))) as? [String: Any]
    return (bundle?["entry"] as? [[String: Any]] ?? []).compactMap { $0["resource"] as? [String: Any] }
  }

  func resources(_ type: String) -> [[String: Any]] {
    resources.filter { $0["resourceType"] as? String == type }
  }
}
