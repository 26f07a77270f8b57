import Audit
import Foundation
import Store

/// Asks the engagement index what it knows and mends what differs: to be run each night, and when the index was
/// loaded anew.
struct EngagementReconciliation: Sendable {
  let index: EngagementIndex
  /// The domains that we tell of.
  let domains: [String]
  /// The source systems, by HSA-id, whose posts are ours; all others are left alone.
  let sources: Set<String>
  /// Sends a FindContent to the index and gives its answer, both without envelopes.
  let ask: @Sendable ([UInt8]) throws -> [UInt8]

  /// Goes through the patients of a page: all of whom anything was told.
  /// - Returns: how many Updates it took, and where the next page begins; `nil` at the end.
  func page(after key: String, limit: Int) throws -> (updates: Int, next: String?) {
    let entries = try index.store.kept(in: EngagementIndex.space, after: key, limit: limit)
    var updates = 0
    for entry in entries {
      guard let patient = HubKey(hexadecimal: entry.name.key) else { continue }
      updates += try reconcile(patient, entry)
    }
    return (updates, entries.count < limit ? nil : entries.last?.name.key)
  }

  /// Remembers what the index really knows as what it was told, and tells it the rest.
  func reconcile(_ patient: HubKey, _ kept: KeptEntry) throws -> Int {
    let told = try EngagementIndex.engagements(kept)
    let whose = FHIRPatients(library: index.current.served.library, store: index.store)
    guard let person = try whose.identifiers(of: try index.store.resources([patient]))[patient] else {
      return 0
    }
    let number = EngagementPart.Number(system: person.system, value: person.value)
    let known = try known(of: number)
    if Set(known) != Set(told) {
      let value = Array(try JSONEncoder().encode(known))
      try index.store.keepAndWait([KeptChange(kept.name, expected: kept.revision, value: value)])
    }
    return try index.update([patient])
  }

  private func known(of patient: EngagementPart.Number) throws -> [Engagement] {
    let documents = index.documents(index.current.served)
    var known: [Engagement] = []
    for domain in domains {
      let answer = try ask(try documents.question(patient, domain: domain))
      known += try documents.engagements(inAnswer: answer)
    }
    return known.filter { sources.contains($0.key.value("source-system") ?? "") }
  }
}
