import Store

/// What the records of messages touch, and among what they have a place.
struct Footprint: Sendable {
  /// Deliveries that go one after another.
  private struct Lane: Hashable {
    let target, name: String
  }

  private var touched: Set<HubKey> = []
  /// What is known otherwise afterwards: resources, and wholes of which a part is.
  private(set) var changed: Set<HubKey> = []
  private var visits: Set<String> = []
  private var kept: Set<KeptEntry.Name> = []
  private var lanes: Set<Lane> = []
  private var patients: Set<HubKey> = []

  init() {}

  init(_ record: TranslationRecord) {
    self.init(told: record.hub)
    for change in record.hub where change.isNews {
      changed.insert(change.id)
      // A new part changes what is known of the whole.
      if case .put(let put) = change { changed.formUnion(put.index.entries) }
    }
    visits = Set(record.billing.map(\.visit))
    kept = Set(record.kept.map(\.name))
    lanes = Set(record.deliveries.map { Lane(target: $0.target, name: $0.lane) })
  }

  /// That of a message that told these changes of the hub and makes none of them.
  init(told changes: [HubChange]) {
    for change in changes {
      touched.insert(change.id)
      if change.isOfPatient { patients.insert(change.id) }
    }
  }

  /// Whether one was worked out wrongly when it was without knowing the other. Two that only confirm the same don't
  /// disturb each other.
  func disturbs(_ other: Footprint) -> Bool {
    !changed.isDisjoint(with: other.touched) || !touched.isDisjoint(with: other.changed)
      || !visits.isDisjoint(with: other.visits) || !kept.isDisjoint(with: other.kept)
  }

  /// Whether a later one may not be recorded first: it disturbs this one, has deliveries in the same lane or tells of
  /// the same patient.
  func precedes(_ later: Footprint) -> Bool {
    disturbs(later) || !lanes.isDisjoint(with: later.lanes) || !patients.isDisjoint(with: later.patients)
  }

  mutating func add(_ other: Footprint) {
    touched.formUnion(other.touched)
    changed.formUnion(other.changed)
    visits.formUnion(other.visits)
    kept.formUnion(other.kept)
    addPlaces(of: other)
  }

  /// Adds the places of those that have changed what this touches: what becomes of it then may have a place among the
  /// same.
  mutating func addPlaces(of changers: [HubKey: Footprint]) {
    for changer in touched.compactMap({ changers[$0] }) { addPlaces(of: changer) }
  }

  /// Supposes that it will confirm what others have changed alike.
  mutating func supposeChanged(by changers: [HubKey: Footprint]) {
    changed = changed.filter { changers[$0] == nil }
  }

  private mutating func addPlaces(of other: Footprint) {
    lanes.formUnion(other.lanes)
    patients.formUnion(other.patients)
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

  private var type: String? {
    switch self {
    case .put(let put): put.type
    case .confirm(let confirmation): confirmation.type
    case .ignore(let ignored): ignored.type
    case .list, .index: nil
    }
  }

  /// Of one told: what is only found otherwise tells nothing.
  fileprivate var isOfPatient: Bool { type == FHIRPatients.type }
}
