extension EngineStore {
  /// The resources of these names that the store has, and when these lists were told, as of one commit.
  public func materials(_ ids: [HubKey], lists: [HubList.Name] = []) throws(StoreError) -> HubMaterials {
    try parts.hub.use { hub throws(StoreError) in
      try hub.reader.atOneState { () throws(StoreError) in
        var found: [HubKey: HubMaterial] = [:]
        for material in try hub.reader.materials(Set(ids)) { found[material.resource.id] = material }
        var tellings: [HubList.Name: HubList.Telling] = [:]
        for list in lists { tellings[list] = try hub.reader.telling(of: list) }
        return HubMaterials(resources: found, lists: tellings)
      }
    }
  }

  /// Likewise the resources that an entry or a patient has, withdrawn ones too, by name.
  public func materials(under key: HubKey) throws(StoreError) -> [HubMaterial] {
    try parts.hub.use { hub throws(StoreError) in
      try hub.reader.atOneState { () throws(StoreError) in try hub.reader.materials(under: key) }
    }
  }

  /// Resources in the order of their making, behind a place.
  public func materials(after place: Int64 = 0, limit: Int) throws(StoreError) -> [HubMaterial] {
    try parts.hub.use { hub throws(StoreError) in
      try hub.reader.atOneState { () throws(StoreError) in
        try hub.reader.materials(after: place, limit: limit)
      }
    }
  }

  /// The resources of these names that the store has, without those withdrawn, by name.
  public func resources(_ ids: [HubKey]) throws(StoreError) -> [HubResource] {
    try parts.hub.use { hub throws(StoreError) in
      try hub.reader.atOneState { () throws(StoreError) in
        var found: [HubResource] = []
        for id in Set(ids).sorted() {
          if let resource = try hub.reader.resource(id), resource.state != .withdrawn {
            found.append(resource)
          }
        }
        return found
      }
    }
  }

  /// A page of the resources that are looked for, by type and the newest of a type first.
  public func resources(
    matching query: HubQuery, after cursor: HubPage.Cursor? = nil, limit: Int
  ) throws(StoreError) -> HubPage {
    try parts.hub.use { hub throws(StoreError) in
      try hub.reader.atOneState { () throws(StoreError) in
        try hub.search.page(query, after: cursor, limit: limit)
      }
    }
  }

  /// All versions of a resource that are still there, from the first to the current one.
  public func history(of id: HubKey) throws(StoreError) -> [HubVersion] {
    try parts.hub.use { hub throws(StoreError) in try hub.reader.history(of: id) }
  }

  /// What a message did to the hub; see ``HubStore/effects(ofMessage:)``.
  public func effects(ofMessage id: String) throws(StoreError) -> [HubEffect] {
    try parts.hub.use { hub throws(StoreError) in try hub.reader.effects(ofMessage: id) }
  }

  /// All who told something of which a resource's current version comes, by name.
  public func contributors() throws(StoreError) -> [String] {
    try parts.hub.use { hub throws(StoreError) in try hub.reader.contributors() }
  }

  /// Queues changes for the next commit; see ``HubStore/apply(_:completion:)``.
  public func apply(
    _ changes: [HubChange], completion: @escaping @Sendable (Result<Void, StoreError>) -> Void
  ) {
    let job = WriteJob.change(changes) { completion($0.map { _ in }) }
    if let error = queue.add(job) { job.fail(error) }
  }

  /// Queues the removal for the next commit; see ``HubStore/remove(_:limit:audit:completion:)``.
  public func remove(
    _ removal: HubRemoval, limit: Int, audit: [NewAuditEntry],
    completion: @escaping @Sendable (Result<Int, StoreError>) -> Void
  ) {
    let job = WriteJob.remove(removal, limit: limit, audit, completion)
    if let error = queue.add(job) { completion(.failure(error)) }
  }
}
