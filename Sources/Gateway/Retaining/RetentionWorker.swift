import Audit
import Foundation
import Mapping
import Store

/// Removes what was kept for long enough, on a thread of its own: a little at a time, so that what comes in is
/// not kept waiting.
final class RetentionWorker: Sendable {
  /// So many messages are looked at in one commit, and so many resources or versions removed.
  private static let batch = 100
  private static let pauseBetweenBatches = 0.02
  private static let pauseAfterFault = 2.0

  /// What one look removed.
  private struct Sum {
    var messages = 0
    var deliveries = 0
    var resources = 0
    var versions = 0
    var isNothing: Bool { messages + deliveries + resources + versions == 0 }
  }

  private let configuration: RetentionConfiguration
  private let current: CurrentMappings
  private let store: any RetentionStore & HubStore
  private let figures: Figures
  private let auditing: Auditing?
  private let tell: @Sendable (GatewayEvent) -> Void
  private let rounds: Rounds

  init(
    _ configuration: RetentionConfiguration, _ current: CurrentMappings,
    _ store: any RetentionStore & HubStore, _ figures: Figures,
    _ auditing: Auditing? = nil, tell: @escaping @Sendable (GatewayEvent) -> Void
  ) {
    (self.configuration, self.current, self.store) = (configuration, current, store)
    (self.figures, self.auditing, self.tell) = (figures, auditing, tell)
    rounds = Rounds("sluss-retention", every: configuration.lookEvery, patience: 10)
  }

  func start() { rounds.start { { [self] _ in round() } } }

  /// Ends after the commit at hand. To be called once.
  func stop() { rounds.stop() }

  // MARK: the thread

  private func round() {
    var sum = Sum()
    do {
      try look(&sum)
    } catch {
      // The next look goes on where this one broke off.
    }
    if !sum.isNothing {
      _ = try? settled { store.forgetRemoved(completion: $0) }
      note(sum)
    }
    // What can't be destroyed now is by the next look.
    _ = try? store.destroyContentKeys(at: Timestamp.now())
  }

  private func look(_ sum: inout Sum) throws {
    let plan = RetentionPlan(configuration, current.served.library.hubRules.messages, at: Timestamp.now())
    for removal in plan.bodies { try remove(removal, &sum) }
    if !plan.hub.isEmpty {
      let contributors = try store.contributors()
      for (pattern, before) in plan.hub {
        let meant = contributors.filter(pattern.matches)
        if meant.isEmpty { continue }
        sum.resources += try removeAll(
          .resources(of: meant, before: before), "resources of \(meant.joined(separator: " "))")
      }
    }
    if let before = plan.versionsBefore {
      sum.versions += try removeAll(.versions(before: before), "versions")
    }
  }

  private func remove(_ removal: BodyRemoval, _ sum: inout Sum) throws {
    var place: BodyRemovalPlace? = .left(0)
    while let at = place, !rounds.isStopped {
      let entry = try entry("content by \(removal.rule)")
      let step = try patiently {
        store.removeBodies(removal, at: at, limit: Self.batch, audit: entry, completion: $0)
      }
      sum.messages += step.messages
      sum.deliveries += step.deliveries
      place = step.next
      Thread.sleep(forTimeInterval: Self.pauseBetweenBatches)
    }
  }

  /// Each commit that removes something has an entry of it.
  private func entry(_ which: String) throws -> [NewAuditEntry] {
    let short = String(which.prefix(1000))
    return try auditing.map { [try $0.entry(.delete, "retention", of: short, at: Timestamp.now())] } ?? []
  }

  private func removeAll(_ removal: HubRemoval, _ which: String) throws -> Int {
    var sum = 0
    while !rounds.isStopped {
      let entry = try entry(which)
      let removed = try patiently { store.remove(removal, limit: Self.batch, audit: entry, completion: $0) }
      sum += removed
      if removed < Self.batch { break }
      Thread.sleep(forTimeInterval: Self.pauseBetweenBatches)
    }
    return sum
  }

  /// A store that has too much to do goes before.
  private func patiently<Value: Sendable>(
    _ work: (@escaping @Sendable (Result<Value, StoreError>) -> Void) -> Void
  ) throws(StoreError) -> Value {
    while true {
      do throws(StoreError) {
        return try settled(work)
      } catch {
        guard error == .overloaded, !rounds.isStopped else { throw error }
        Thread.sleep(forTimeInterval: Self.pauseAfterFault)
      }
    }
  }

  private func note(_ sum: Sum) {
    figures.count(.removed, "message", by: sum.messages)
    figures.count(.removed, "delivery", by: sum.deliveries)
    figures.count(.removed, "resource", by: sum.resources)
    figures.count(.removed, "version", by: sum.versions)
    tell(
      .removed(
        messages: sum.messages, deliveries: sum.deliveries, resources: sum.resources, versions: sum.versions))
  }
}
