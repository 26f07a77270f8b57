import Store

/// What records touch that are not stored yet: a record that was worked out without knowing of them must not
/// touch it too.
struct Footprint: Sendable {
  private var touched: Set<HubKey> = []
  private var changed: Set<HubKey> = []
  private var visits: Set<String> = []
  private var kept: Set<KeptEntry.Name> = []

  init() {}

  init(_ record: TranslationRecord) {
    for change in record.hub {
      touched.insert(change.id)
      if change.isNews { changed.insert(change.id) }
    }
    visits = Set(record.billing.map(\.visit))
    kept = Set(record.kept.map(\.name))
  }

  /// Whether a record must wait. Two that only confirm the same don't disturb each other.
  func disturbs(_ other: Footprint) -> Bool {
    !changed.isDisjoint(with: other.touched) || !touched.isDisjoint(with: other.changed)
      || !visits.isDisjoint(with: other.visits) || !kept.isDisjoint(with: other.kept)
  }

  mutating func add(_ other: Footprint) {
    touched.formUnion(other.touched)
    changed.formUnion(other.changed)
    visits.formUnion(other.visits)
    kept.formUnion(other.kept)
  }
}

extension HubChange {
  /// The resource that it is about, or whose parts.
  fileprivate var id: HubKey {
    switch self {
    case .put(let put): put.id
    case .confirm(let confirmation): confirmation.id
    case .list(let list): list.name.whole
    case .index(let indexing): indexing.id
    case .ignore(let ignored): ignored.id
    }
  }

  fileprivate var isNews: Bool {
    switch self {
    case .put, .list, .index: true
    case .confirm, .ignore: false
    }
  }
}
