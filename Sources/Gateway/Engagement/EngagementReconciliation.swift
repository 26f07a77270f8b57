import Audit
import Foundation
import Store

/// Asks the engagement index what it knows and mends what differs: to be run each night, and when the index
/// was loaded anew. One thread at a time may use this, the one that uses the index.
struct EngagementReconciliation: Sendable {
  let index: EngagementIndex
  /// The domains that we tell of.
  let domains: [String]
  /// The source systems, by HSA-id in capitals, whose posts are ours; all others are left alone.
  let sources: Set<String>
  /// Sends a FindContent to the index and gives its answer, both without envelopes.
  let ask: @Sendable ([UInt8]) throws -> [UInt8]

  /// Goes through the patients of a page: all of whom anything was told.
  /// - Returns: how many patients there were, how many Updates it took, and where the next page begins; `nil`
  ///   at the end.
  func page(after key: String, limit: Int) throws -> (patients: Int, updates: Int, next: String?) {
    let entries = try index.store.kept(in: EngagementIndex.space, after: key, limit: limit)
    var updates = 0
    for entry in entries {
      guard let patient = HubKey(hexadecimal: entry.name.key) else { continue }
      updates += try reconcile(patient, entry)
    }
    return (entries.count, updates, entries.count < limit ? nil : entries.last?.name.key)
  }

  /// Remembers what the index really knows as what it was told, and tells it the rest.
  func reconcile(_ patient: HubKey, _ kept: KeptEntry) throws -> Int {
    let told = try EngagementIndex.engagements(kept)
    guard let number = try number(of: patient, told) else {
      // Nobody knows any more who it was, and there is nothing to take back.
      try index.store.keepAndWait([KeptChange(kept.name, expected: kept.revision, value: nil)])
      return 0
    }
    let known = try known(of: number)
    if Set(known) != Set(told) {
      let value = Array(try JSONEncoder().encode(known))
      try index.store.keepAndWait([KeptChange(kept.name, expected: kept.revision, value: value)])
    }
    return try index.update([patient])
  }

  /// As it was told; what was kept of the patient may be gone by now.
  private func number(of patient: HubKey, _ told: [Engagement]) throws -> EngagementPart.Number? {
    if let number = told.lazy.flatMap(\.key.parts).compactMap({
      $0.name == "patient" ? $0.valueIdentifier : nil
    }).first {
      return number
    }
    let whose = FHIRPatients(library: index.current.served.library, store: index.store)
    let person = try whose.identifiers(of: try index.store.resources([patient]))[patient]
    return person.map { EngagementPart.Number(system: $0.system, value: $0.value) }
  }

  private func known(of patient: EngagementPart.Number) throws -> [Engagement] {
    let documents = index.documents(index.current.served)
    var known: [Engagement] = []
    for domain in domains {
      let answer = try ask(try documents.question(patient, domain: domain))
      known += try documents.engagements(inAnswer: answer)
    }
    return known.filter { sources.contains($0.key.value("source-system")?.uppercased() ?? "") }
  }
}
