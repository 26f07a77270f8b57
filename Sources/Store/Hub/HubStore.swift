/// Keeps the hub's resources: what is known of each patient and visit, from all that systems tell.
///
/// Changes come in with ``TranslationRecord/hub`` and are worked out from ``materials(_:lists:)``; see there
/// for what happens when somebody was faster. All functions may be called from any thread. Completions run
/// on a thread of the store and must be short.
public protocol HubStore: Sendable {
  /// The resources of these names that the store has, and when these lists were told, all at one moment.
  func materials(_ ids: [HubKey], lists: [HubList.Name]) throws(StoreError) -> HubMaterials

  /// Likewise the resources that an entry or a patient has, withdrawn ones too, by name.
  func materials(under key: HubKey) throws(StoreError) -> [HubMaterial]

  /// Resources in the order of their making, behind a place; 0 for all.
  func materials(after place: Int64, limit: Int) throws(StoreError) -> [HubMaterial]

  /// The resources of these names that the store has, without those withdrawn, by name.
  func resources(_ ids: [HubKey]) throws(StoreError) -> [HubResource]

  /// A page of the resources that are looked for, by type and the newest of a type first.
  func resources(matching query: HubQuery, after cursor: HubPage.Cursor?, limit: Int)
    throws(StoreError) -> HubPage

  /// All versions of a resource that are still there, from the first to the current one.
  func history(of id: HubKey) throws(StoreError) -> [HubVersion]

  /// What a message did to the hub when it was last translated and was no mere repetition.
  func effects(ofMessage id: String) throws(StoreError) -> [HubEffect]

  /// All who told something of which a resource's current version comes, by name.
  func contributors() throws(StoreError) -> [String]

  /// Makes changes that no message causes, all or nothing. Failures as for
  /// ``MessageStore/record(_:completion:)``.
  func apply(
    _ changes: [HubChange], completion: @escaping @Sendable (Result<Void, StoreError>) -> Void)

  /// Removes what is to go, at most so many resources or versions, and tells how many went; when they are
  /// fewer, nothing is left to remove.
  /// - Parameter audit: what the audit log gets with it when anything is removed.
  func remove(
    _ removal: HubRemoval, limit: Int, audit: [NewAuditEntry],
    completion: @escaping @Sendable (Result<Int, StoreError>) -> Void)
}

extension HubStore {
  /// Removes without an entry; see ``remove(_:limit:audit:completion:)``.
  public func remove(
    _ removal: HubRemoval, limit: Int, completion: @escaping @Sendable (Result<Int, StoreError>) -> Void
  ) {
    remove(removal, limit: limit, audit: [], completion: completion)
  }
}
