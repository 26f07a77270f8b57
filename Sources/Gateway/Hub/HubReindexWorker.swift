import Foundation
import Store

/// Sees to it that what the hub has is found by the searches that `store.yaml` has now: when they are others than those
/// by which it was indexed, all of it is looked at again, a little at a time, beside what comes in.
///
/// Under which rules all was indexed stands in the store, so that nothing is looked at twice for nothing, and an
/// interrupted look begins anew. Until one has ended, new searches may not find what is old.
final class HubReindexWorker: Sendable {
  private static let done = KeptEntry.Name(space: "hub-index", key: "rules")
  private static let batch = 256
  private static let pauseBetweenBatches = 0.01

  private let current: CurrentMappings
  private let store: any HubStore & KeptStore
  private let names: HubPseudonyms
  private let rounds = Rounds("sluss-index", every: .seconds(1))

  init(_ current: CurrentMappings, _ store: any HubStore & KeptStore, _ names: HubPseudonyms) {
    (self.current, self.store, self.names) = (current, store, names)
  }

  /// Looks at once: a new store is empty yet, and needs no look at what comes in.
  func start() {
    rounds.ask()
    rounds.start { [self] in
      // The store is asked once about each version of the rules.
      var indexed: [UInt8]?
      return { _ in
        let served = self.current.served
        if indexed != served.hubRulesVersion, self.look(served) { indexed = served.hubRulesVersion }
      }
    }
  }

  /// Ends after the resources at hand. To be called once.
  func stop() { rounds.stop() }

  /// What can't be done now, as when another gateway on the same store does it, is done by the next round.
  /// - Returns: whether all is indexed by these rules.
  private func look(_ served: ServedMappings) -> Bool {
    do {
      let kept = try store.kept(Self.done)
      guard kept?.value != served.hubRulesVersion else { return true }
      // What something lends to others is known once it is indexed itself.
      while try indexAll(served) > 0, !rounds.isStopped {}
      guard !rounds.isStopped else { return false }
      try store.keepAndWait(
        [KeptChange(Self.done, expected: kept?.revision, value: served.hubRulesVersion)])
      return true
    } catch {
      return false
    }
  }

  /// - Returns: how many were found by other things than they should be.
  private func indexAll(_ served: ServedMappings) throws -> Int {
    var count = 0
    let merger = HubMerger(served.library, names: names)
    var place: Int64? = 0
    while let begin = place, !rounds.isStopped {
      let page = try merger.reindex(store, after: begin, limit: Self.batch)
      do throws(StoreError) {
        if !page.changes.isEmpty { try settled { store.apply(page.changes, completion: $0) } }
        (place, count) = (page.next, count + page.changes.count)
      } catch .stale {
        // Something of it changed meanwhile: the page is read anew.
      }
      if !page.changes.isEmpty { Thread.sleep(forTimeInterval: Self.pauseBetweenBatches) }
    }
    return count
  }
}
