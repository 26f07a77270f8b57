/// Lets go of what is to be kept no longer. May be called from any thread; completions run on a thread of the
/// store and must be short.
public protocol RetentionStore: Sendable {
  /// Looks at so many messages at most and removes the bodies that may go, in one commit that others share.
  /// - Parameters:
  ///   - place: the last step's ``BodyRemovalStep/next``; `.left(0)` to begin.
  ///   - audit: what the audit log gets with it when anything is removed.
  func removeBodies(
    _ removal: BodyRemoval, at place: BodyRemovalPlace, limit: Int, audit: [NewAuditEntry],
    completion: @escaping @Sendable (Result<BodyRemovalStep, StoreError>) -> Void)

  /// Destroys the keys of content that has all been removed, of days that ended a day ago at least.
  /// - Parameter time: now, in milliseconds since 1970, UTC.
  /// - Returns: how many.
  @discardableResult
  func destroyContentKeys(at time: Int64) throws(StoreError) -> Int

  /// Lets what was removed leave the engine's log as well; to be called once after many removals.
  func forgetRemoved(completion: @escaping @Sendable (Result<Void, StoreError>) -> Void)
}

extension RetentionStore {
  /// Removes without an entry; see ``removeBodies(_:at:limit:audit:completion:)``.
  public func removeBodies(
    _ removal: BodyRemoval, at place: BodyRemovalPlace, limit: Int,
    completion: @escaping @Sendable (Result<BodyRemovalStep, StoreError>) -> Void
  ) {
    removeBodies(removal, at: place, limit: limit, audit: [], completion: completion)
  }
}

extension EngineStore {
  /// Queues a step for the next commit; see ``RetentionStore/removeBodies(_:at:limit:audit:completion:)``.
  public func removeBodies(
    _ removal: BodyRemoval, at place: BodyRemovalPlace, limit: Int, audit: [NewAuditEntry],
    completion: @escaping @Sendable (Result<BodyRemovalStep, StoreError>) -> Void
  ) {
    let job = WriteJob.removeBodies(removal, place, limit: limit, audit, completion)
    if let error = queue.add(job) { job.fail(error) }
  }

  /// Looks for the messages of each key by an index; see ``RetentionStore/destroyContentKeys(at:)``.
  @discardableResult
  public func destroyContentKeys(at time: Int64) throws(StoreError) -> Int {
    guard let contents = parts.contents else { return 0 }
    let user = try parts.connect().statement(
      "SELECT 1 FROM message WHERE mapping = ? AND key_day = ? LIMIT 1", doing: "looking for content")
    return try contents.destroy(before: ContentKeyName.day(of: time) - 1) { name throws(StoreError) in
      defer { user.reset() }
      try user.bind(name.mapping, at: 1)
      try user.bind(name.day, at: 2)
      return try user.step()
    }
  }

  /// Behind the next commit SQLite moves its write-ahead log into the file. In PostgreSQL nothing is done: old versions
  /// of rows go by the server's own vacuum, and its log by its own archiving.
  public func forgetRemoved(completion: @escaping @Sendable (Result<Void, StoreError>) -> Void) {
    let job = WriteJob.checkpoint { completion($0.map { _ in }) }
    if let error = queue.add(job) { job.fail(error) }
  }
}
