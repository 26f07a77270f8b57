import Formats
import Foundation
import Mapping
import Store

/// Keeps the engagement index told of what the hub implies.
///
/// What was told of each patient is remembered in the store and changes in one transaction with the Update
/// that tells it. The Update is a message like any other, of the mapping `engagement-index/update`: the
/// operator's routes say where it goes, and the outbox brings it there. One thread at a time may use this.
struct EngagementIndex: Sendable {
  static let space = "engagement"

  let current: CurrentMappings
  let store: any HubStore & KeptStore
  var rules = EngagementRules()
  /// The time in milliseconds since 1970, UTC.
  var now: @Sendable () -> Int64 = Timestamp.now
  /// Told of what is worth counting, or to be looked at by a person.
  var tell: @Sendable (EngagementEvent) -> Void = { _ in }

  /// Tells the index what changed of these patients; waits for the store. Fails with ``StoreError/stale``
  /// when somebody else told of one of them meanwhile: update them anew.
  /// - Returns: how many Updates that took.
  @discardableResult
  func update(_ patients: some Sequence<HubKey>) throws -> Int {
    var updates = 0
    var batch = Batch()
    for patient in patients {
      while let change = try change(of: patient) {
        if !batch.holds(change, most: rules.most) { updates += try commit(&batch) }
        batch.add(change)
        if change.isComplete { break }
        updates += try commit(&batch)
      }
    }
    return updates + (try commit(&batch))
  }

  /// The patients whom resources are about, whatever became of them; of a visit that was another patient's
  /// before, both.
  func patients(of resources: [HubKey]) throws -> Set<HubKey> {
    let materials = try store.materials(resources, lists: []).resources.values.map(\.resource)
    var patients = Set(materials.map { $0.patient ?? $0.id })
    for visit in materials where visit.type == rules.type { patients.formUnion(try earlier(of: visit)) }
    return patients
  }

  private func earlier(of visit: HubResource) throws -> [HubKey] {
    let tree = HubTree(current.served.library)
    tree.begin(now: "")
    return try store.history(of: visit.id).flatMap { version in
      tree.references(in: try tree.read(version.content, named: "hub"))
        .filter { $0.hasPrefix("\(FHIRPatients.type)/") }.compactMap { HubKey(reference: $0.utf8) }
    }
  }

  // MARK: one patient

  /// A step for one patient: at most as many posts as fit into one Update.
  struct Change {
    let patient: HubKey
    let kept: KeptEntry?
    let told: [Engagement]
    let transactions: [EngagementTransaction]
    /// Whether the index knows all after it.
    let isComplete: Bool
  }

  /// Nil when the index knows all.
  private func change(of patient: HubKey) throws -> Change? {
    let kept = try store.kept(KeptEntry.Name(space: Self.space, key: patient.hexadecimal))
    let told = try Self.engagements(kept)
    let (implied, refusals) = try implication().engagements(of: patient)
    try note(refusals, of: patient)
    // What a visit implies that can't be told of, nobody knows: then nothing of its patient's is taken back.
    let transactions = EngagementDifference.transactions(from: told, to: implied)
      .filter { refusals.isEmpty || !$0.isDeletion }
    guard !transactions.isEmpty else { return nil }
    return Change(
      patient: patient, kept: kept, told: told, transactions: Array(transactions.prefix(rules.most)),
      isComplete: transactions.count <= rules.most)
  }

  // MARK: what can't be told of

  /// Tells of each visit once for as long as the same is wrong with it.
  private func note(_ refusals: [EngagementRefusal], of patient: HubKey) throws {
    let name = KeptEntry.Name(space: EngagementRefusal.space, key: patient.hexadecimal)
    let before = try store.kept(name)
    let known =
      try before.map { try JSONDecoder().decode([EngagementRefusal].self, from: Data($0.value)) } ?? []
    guard Set(known) != Set(refusals) else { return }
    let value = refusals.isEmpty ? nil : Array(try JSONEncoder().encode(refusals))
    try store.keepAndWait([KeptChange(name, expected: before?.revision, value: value)])
    for refusal in refusals where !known.contains(refusal) { tell(.refused(refusal)) }
  }

  // MARK: parts

  private func implication() -> EngagementImplication {
    let served = current.served
    return EngagementImplication(documents: documents(served), library: served.library, store: store)
  }

  func documents(_ served: ServedMappings) -> EngagementDocuments {
    let receipt = Receipt(received: Timestamp.text(milliseconds: now()), id: "engagement-index")
    return EngagementDocuments(served: served, rules: rules, receipt: receipt)
  }

  static func engagements(_ kept: KeptEntry?) throws -> [Engagement] {
    try kept.map { try JSONDecoder().decode([Engagement].self, from: Data($0.value)) } ?? []
  }

  // MARK: committing

  /// Changes of several patients that one Update tells.
  private struct Batch {
    private(set) var changes: [Change] = []
    private(set) var count = 0

    private var keys: Set<EngagementKey> = []

    /// Whether it fits into one Update: not too many, and no post twice (EI002).
    func holds(_ change: Change, most: Int) -> Bool {
      count + change.transactions.count <= most
        && change.transactions.allSatisfy { !keys.contains($0.engagement.key) }
    }

    mutating func add(_ change: Change) {
      changes.append(change)
      count += change.transactions.count
      keys.formUnion(change.transactions.map(\.engagement.key))
    }
  }

  private func commit(_ batch: inout Batch) throws -> Int {
    guard batch.count > 0 else { return 0 }
    let time = now()
    let transactions = batch.changes.flatMap(\.transactions)
    let document = try documents(current.served).update(transactions)
    let message = NewMessage(
      id: Timestamp.identifier(milliseconds: time), mapping: rules.update, received: time,
      contentType: Format.xml.mediaType, body: document)
    try store.keepAndWait(try batch.changes.map { try $0.memory() }, with: message)
    let deletions = transactions.count { $0.isDeletion }
    tell(.told(posts: transactions.count - deletions, deletions: deletions))
    batch = Batch()
    return 1
  }
}

extension EngagementIndex.Change {
  fileprivate func memory() throws -> KeptChange {
    let now = EngagementDifference.told(told, after: transactions)
    return KeptChange(
      KeptEntry.Name(space: EngagementIndex.space, key: patient.hexadecimal), expected: kept?.revision,
      value: Array(try JSONEncoder().encode(now)))
  }
}

extension KeptStore {
  /// Makes changes and waits until they are on disk; see ``KeptStore/keep(_:with:completion:)``.
  func keepAndWait(_ changes: [KeptChange], with message: NewMessage? = nil) throws(StoreError) {
    try settled { keep(changes, with: message, completion: $0) }
  }
}
