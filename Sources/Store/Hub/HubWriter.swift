import CSQLite

/// The statements about the hub of the one connection that writes.
///
/// All changes of a record are checked before the first of them is made, so that a record that is stale
/// leaves nothing behind.
final class HubWriter {
  private let names: HubNames
  private let rows: HubRows
  private let entries: HubEntries
  private let statements: HubStatements
  private let lists: HubLists
  private let removing: HubRemover
  private let trace, traceOnce: any SQLStatement

  init(_ connection: any SQLConnection) throws(StoreError) {
    names = try HubNames(connection)
    entries = try HubEntries(connection)
    rows = try HubRows(connection, names, entries)
    statements = try HubStatements(connection, names)
    lists = try HubLists(connection, names)
    removing = try HubRemover(connection, names, entries)
    trace = try connection.statement(
      """
      INSERT INTO hub_trace (message, effects) VALUES (?, ?)
      ON CONFLICT (message) DO UPDATE SET effects = excluded.effects
      """, doing: "tracing in the hub")
    traceOnce = try connection.statement(
      "INSERT INTO hub_trace (message, effects) VALUES (?, ?) ON CONFLICT DO NOTHING",
      doing: "tracing in the hub")
  }

  /// Other gateways may have written meanwhile.
  func beginBatch() {
    rows.forget()
  }

  func abandonBatch() {
    names.forget()
    rows.forget()
    entries.forget()
  }

  /// To be called before a batch is committed.
  func finishBatch() throws(StoreError) {
    try entries.write()
  }

  /// ``check(_:)`` will be called before anything is written.
  func foresee(_ changes: [HubChange]) throws(StoreError) {
    for change in changes {
      switch change {
      case .put(let put): try rows.foresee(put.id)
      case .confirm(let confirmation): try rows.foresee(confirmation.id)
      case .index(let indexing): try rows.foresee(indexing.id)
      case .ignore(let ignored): if ignored.expected != nil { try rows.foresee(ignored.id) }
      case .list: break
      }
    }
  }

  /// Throws ``StoreError/stale`` unless the store holds what the changes were worked out from.
  func check(_ changes: [HubChange]) throws(StoreError) {
    for change in changes where try !holds(change) { throw .stale }
  }

  private func holds(_ change: HubChange) throws(StoreError) -> Bool {
    switch change {
    case .put(let put): return try rows.currentPlace(of: put.id)?.revision == put.expected
    case .confirm(let confirmation):
      return try rows.place(of: confirmation.id)?.version == confirmation.expected
    case .index(let indexing):
      return try rows.currentPlace(of: indexing.id)?.revision == indexing.expected
    case .list(let list): return try lists.telling(of: list.name) == list.expected
    case .ignore(let ignored):
      guard let expected = ignored.expected else { return true }
      return try rows.place(of: ignored.id)?.version == expected
    }
  }

  /// Makes changes that were checked.
  func apply(_ changes: [HubChange]) throws(StoreError) -> [HubEffect] {
    var effects: [HubEffect] = []
    for change in changes {
      if let effect = try apply(change) { effects.append(effect) }
    }
    return effects
  }

  /// Makes a message's changes and keeps what they did; a repetition that does nothing leaves the trace as
  /// it is.
  func apply(_ changes: [HubChange], ofMessage sequence: Int64) throws(StoreError) {
    guard !changes.isEmpty else { return }
    let effects = try apply(changes)
    let trace = effects.allSatisfy { $0.kind == .repeated } ? traceOnce : trace
    try trace.bind(sequence, at: 1)
    try trace.bind(effects.map(\.line).joined(separator: "\n"), at: 2)
    try trace.run()
  }

  func remove(_ removal: HubRemoval, limit: Int) throws(StoreError) -> Int {
    defer { rows.forget() }
    return try removing.remove(removal, limit: limit)
  }

  private func apply(_ change: HubChange) throws(StoreError) -> HubEffect? {
    switch change {
    case .put(let put): return try apply(put)
    case .confirm(let confirmation):
      guard let place = try rows.place(of: confirmation.id) else { throw Self.lost }
      try statements.confirm(confirmation.origin, of: place.number)
      rows.confirmed(confirmation.id)
      return HubEffect(
        kind: .confirmed, type: confirmation.type, id: confirmation.id, version: place.version)
    case .list(let list):
      try lists.put(list)
      return nil
    case .index(let indexing):
      guard let place = try rows.place(of: indexing.id) else { throw Self.lost }
      try rows.index(place, of: indexing.id, indexing.index)
      return nil
    case .ignore(let ignored):
      return HubEffect(
        kind: HubEffect.Kind(rawValue: ignored.reason.rawValue) ?? .stale, type: ignored.type, id: ignored.id,
        since: ignored.since)
    }
  }

  /// What was there when it was checked is gone: nothing of the batch may stay.
  private static let lost = StoreError.failed(doing: "writing the hub", code: SQLITE_ABORT)

  private func apply(_ put: HubPut) throws(StoreError) -> HubEffect {
    guard let place = try rows.place(of: put.id) else {
      try statements.add(put, to: try rows.insert(put))
      return HubEffect(
        kind: put.state == .withdrawn ? .withdrawn : .created, type: put.type, id: put.id, version: 1)
    }
    try rows.update(place, put)
    try statements.remove(from: place.number)
    try statements.add(put, to: place.number)
    return HubEffect(
      kind: put.state == .withdrawn ? .withdrawn : .changed, type: put.type, id: put.id,
      version: place.version + 1)
  }
}
