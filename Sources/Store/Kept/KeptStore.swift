/// Remembers small things, each changed only by who knows how it stands: the steps of bookings, what the
/// engagement index was told.
///
/// All functions may be called from any thread. Completions run on a thread of the store and must be short.
public protocol KeptStore: Sendable {
  /// What is remembered under a name, as of the last commit, or nil.
  func kept(_ name: KeptEntry.Name) throws(StoreError) -> KeptEntry?

  /// A page of a space, by keys.
  /// - Parameter key: the last one of the page before; empty to begin.
  func kept(in space: String, after key: String, limit: Int) throws(StoreError) -> [KeptEntry]

  /// Makes changes and accepts the message that they cause, all or nothing. No two changes have one name.
  ///
  /// Failures: ``StoreError/stale`` when something is no longer as expected, ``StoreError/identifierTaken``,
  /// ``StoreError/overloaded``, ``StoreError/closed`` or ``StoreError/failed(doing:code:)``; after each of them
  /// nothing is changed.
  func keep(
    _ changes: [KeptChange], with message: NewMessage?,
    completion: @escaping @Sendable (Result<Void, StoreError>) -> Void)
}

extension EngineStore {
  /// What is remembered under a name, as of the last commit, or nil.
  public func kept(_ name: KeptEntry.Name) throws(StoreError) -> KeptEntry? {
    try parts.keeping.use { reader throws(StoreError) in try reader.entry(name) }
  }

  /// A page of a space, by keys.
  public func kept(in space: String, after key: String = "", limit: Int) throws(StoreError) -> [KeptEntry] {
    try parts.keeping.use { reader throws(StoreError) in try reader.page(space, after: key, limit: limit) }
  }

  /// Queues the changes for the next commit; see ``KeptStore/keep(_:with:completion:)``.
  public func keep(
    _ changes: [KeptChange], with message: NewMessage? = nil,
    completion: @escaping @Sendable (Result<Void, StoreError>) -> Void
  ) {
    hand(in: message) { settle in
      .keep(changes, message) { result in
        settle((try? result.get()) != nil)
        completion(result.map { _ in })
      }
    }
  }
}
