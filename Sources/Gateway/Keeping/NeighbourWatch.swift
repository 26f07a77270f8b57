import Store
import Synchronization

/// Compares now and then what this gateway works with and what the others do that share its database. They may differ
/// while new mappings are brought out to one after the other; for long they should not.
final class NeighbourWatch: Sendable {
  private struct Known {
    var others: Set<String> = []
    var takeovers = 0
  }

  private let store: PostgreSQLMessageStore
  private let current: CurrentMappings
  private let tell: @Sendable (GatewayEvent) -> Void
  private let rounds = Rounds("sluss-neighbours", every: .seconds(10))
  private let known = Mutex(Known())

  /// Nil where the store is one gateway's alone.
  init?(
    _ store: any MessageStore, _ current: CurrentMappings, tell: @escaping @Sendable (GatewayEvent) -> Void
  ) {
    guard let store = store as? PostgreSQLMessageStore else { return nil }
    (self.store, self.current, self.tell) = (store, current, tell)
  }

  func start() {
    rounds.start { { [self] _ in look() } }
    rounds.ask()
  }

  func stop() { rounds.stop() }

  /// When the store can't be asked, others tell.
  private func look() {
    let own = current.served.versionAmongNeighbours
    guard let told = try? store.tellOthers("mappings", own) else { return }
    let (others, takeovers) = (Set(told.values).subtracting([own]), store.takeovers)
    let before = known.withLock { known in
      defer { known = Known(others: others, takeovers: takeovers) }
      return known
    }
    if takeovers > before.takeovers { tell(.neighbours(.tookOver)) }
    if others == before.others { return }
    tell(
      .neighbours(
        others.isEmpty ? .sameMappings(version: own) : .otherMappings(own: own, others: others.sorted())))
  }
}

extension ServedMappings {
  /// Of the mappings and of the hub's rules.
  fileprivate var versionAmongNeighbours: String {
    "\(versions.all)/\(Hexadecimal.text(Array(hubRulesVersion.prefix(4))))"
  }
}
