extension PostgreSQLMessageStore: RetentionStore {
  /// Queues a step for the next commit; see ``RetentionStore/removeBodies(_:at:limit:completion:)``.
  public func removeBodies(
    _ removal: BodyRemoval, at place: BodyRemovalPlace, limit: Int,
    completion: @escaping @Sendable (Result<BodyRemovalStep, StoreError>) -> Void
  ) {
    let job = WriteJob.removeBodies(removal, place, limit: limit, completion)
    if let error = queue.add(job) { job.fail(error) }
  }

  /// Does nothing but wait for the next commit: old versions of rows go by the server's own vacuum, and its
  /// log by its own archiving.
  public func forgetRemoved(completion: @escaping @Sendable (Result<Void, StoreError>) -> Void) {
    let job = WriteJob.checkpoint { completion($0.map { _ in }) }
    if let error = queue.add(job) { job.fail(error) }
  }
}

extension PostgreSQLMessageStore: KeptStore {
  /// What is remembered under a name, as of the last commit, or nil.
  public func kept(_ name: KeptEntry.Name) throws(StoreError) -> KeptEntry? {
    try keeping.use { reader throws(StoreError) in try reader.entry(name) }
  }

  /// A page of a space, by keys.
  public func kept(in space: String, after key: String = "", limit: Int) throws(StoreError) -> [KeptEntry] {
    try keeping.use { reader throws(StoreError) in try reader.page(space, after: key, limit: limit) }
  }

  /// Queues the changes for the next commit; see ``KeptStore/keep(_:with:completion:)``.
  public func keep(
    _ changes: [KeptChange], with message: NewMessage? = nil,
    completion: @escaping @Sendable (Result<Void, StoreError>) -> Void
  ) {
    let job = WriteJob.keep(changes, message) { completion($0.map { _ in }) }
    if let error = queue.add(job) { job.fail(error) }
  }
}
