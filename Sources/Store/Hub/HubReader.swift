/// The statements about the hub of a connection that only reads.
final class HubReader {
  private let begin, end, one, statements, list, under, after, versions, trace, contributed: any SQLStatement
  let lexicon: HubLexicon
  /// Whether each question is a round trip, so that it is worth while to announce it.
  private let isFar: Bool

  init(_ connection: any SQLConnection) throws(StoreError) {
    isFar = connection.dialect.isShared
    func prepare(_ sql: String) throws(StoreError) -> any SQLStatement {
      try connection.statement(sql, doing: "reading the hub")
    }
    lexicon = try HubLexicon(connection)
    begin = try prepare(connection.dialect.beginReads)
    end = try prepare("COMMIT")
    one = try prepare("SELECT \(Self.columns) FROM hub_resource WHERE id = ?")
    statements = try prepare(
      "SELECT contributor, time, message, content, rowid FROM hub_statement WHERE resource = ?")
    list = try prepare("SELECT time, message FROM hub_list WHERE whole = ? AND type = ? AND contributor = ?")
    under = try prepare(
      """
      SELECT \(Self.columns) FROM hub_resource
      WHERE number IN (SELECT number FROM hub_search WHERE key = ?) ORDER BY id
      """)
    after = try prepare(
      """
      SELECT \(Self.columns) FROM hub_resource
      WHERE number > ? ORDER BY number LIMIT ?
      """)
    versions = try prepare(Self.versionsSQL)
    contributed = try prepare(Self.contributedSQL)
    trace = try prepare(
      "SELECT effects FROM hub_trace WHERE message = (SELECT sequence FROM message WHERE id = ?)")
  }

  /// Does several reads at one state of the store, which is what the first of them finds.
  func atOneState<Value>(_ reads: () throws(StoreError) -> Value) throws(StoreError) -> Value {
    try begin.run()
    do throws(StoreError) {
      let value = try reads()
      try end.run()
      return value
    } catch {
      try? end.run()
      throw error
    }
  }

  // MARK: materials

  func materials(_ ids: Set<HubKey>) throws(StoreError) -> [HubMaterial] {
    if isFar {
      for id in ids {
        try one.bind(id.bytes, at: 1)
        try one.foresee()
      }
    }
    var found: [Found] = []
    for id in ids {
      try one.bind(id.bytes, at: 1)
      found += try rows(one)
    }
    return try materials(found)
  }

  func materials(under key: HubKey) throws(StoreError) -> [HubMaterial] {
    try under.bind(key.bytes, at: 1)
    return try materials(rows(under))
  }

  func materials(after place: Int64, limit: Int) throws(StoreError) -> [HubMaterial] {
    try after.bind(place, at: 1)
    try after.bind(Int64(limit), at: 2)
    return try materials(rows(after))
  }

  func telling(of name: HubList.Name) throws(StoreError) -> HubList.Telling? {
    guard let type = try lexicon.number(name.type), let contributor = try lexicon.number(name.contributor)
    else { return nil }
    defer { list.reset() }
    try list.bind(name.whole.bytes, at: 1)
    try list.bind(type, at: 2)
    try list.bind(contributor, at: 3)
    guard try list.step() else { return nil }
    return HubList.Telling(time: list.integer(0), message: list.text(1))
  }

  private typealias Found = (resource: HubResource, place: Int64, revision: Int64, index: HubIndex)

  private func rows(_ found: any SQLStatement) throws(StoreError) -> [Found] {
    defer { found.reset() }
    var rows: [Found] = []
    while try found.step() {
      var index = HubIndex()
      index.patient = found.optionalBlob(3).flatMap { HubKey($0) }
      index.entries = [HubKey](packed: found.blob(11))
      index.keys = [HubKey](packed: found.blob(12))
      index.ranges = [HubRange](packed: found.blob(13))
      rows.append((try resource(found), found.integer(0), found.integer(10), index))
    }
    return rows
  }

  /// With what was told of each.
  private func materials(_ found: [Found]) throws(StoreError) -> [HubMaterial] {
    if isFar {
      for row in found {
        try statements.bind(row.place, at: 1)
        try statements.foresee()
      }
    }
    var materials: [HubMaterial] = []
    for row in found {
      materials.append(
        HubMaterial(
          resource: row.resource, place: row.place, revision: row.revision, index: row.index,
          statements: try statements(of: row.resource, at: row.place)))
    }
    return materials
  }

  /// In the order of their rows. What has none was told by one alone, unless nobody tells it any more; see
  /// ``HubStatements``.
  private func statements(of resource: HubResource, at place: Int64) throws(StoreError) -> [HubStatement] {
    defer { statements.reset() }
    try statements.bind(place, at: 1)
    // SQLite would set up a sorter each time, for what is one row or none.
    var told: [(row: Int64, statement: HubStatement)] = []
    while try statements.step() {
      let statement = HubStatement(
        contributor: try lexicon.name(statements.integer(0)), time: statements.integer(1),
        message: statements.text(2), content: statements.optionalBlob(3))
      told.append((statements.integer(4), statement))
    }
    if told.isEmpty { return resource.state == .withdrawn ? [] : [HubStatement(told: resource.origin)] }
    if told.count > 1 { told.sort { $0.row < $1.row } }
    return told.map(\.statement)
  }

  // MARK: resources

  func resource(_ id: HubKey) throws(StoreError) -> HubResource? {
    defer { one.reset() }
    try one.bind(id.bytes, at: 1)
    return try one.step() ? try resource(one) : nil
  }

  /// The resource in a row of ``columns``.
  func resource(_ row: any SQLStatement) throws(StoreError) -> HubResource {
    guard let id = HubKey(row.blob(1)) else { throw .failed(doing: "reading the hub", code: 11) }
    return HubResource(
      id: id, type: try lexicon.name(row.integer(2)), patient: row.optionalBlob(3).flatMap { HubKey($0) },
      version: row.integer(4), state: HubState(rawValue: row.integer(5)) ?? .live,
      origin: HubOrigin(
        time: row.integer(6), message: row.text(9), contributor: try lexicon.name(row.integer(7)),
        mappingVersion: try lexicon.name(row.integer(8))),
      content: row.blob(14))
  }

  func history(of id: HubKey) throws(StoreError) -> [HubVersion] {
    defer { versions.reset() }
    try versions.bind(id.bytes, at: 1)
    var found: [HubVersion] = []
    while try versions.step() {
      found.append(
        HubVersion(
          number: versions.integer(0), state: HubState(rawValue: versions.integer(1)) ?? .live,
          origin: HubOrigin(
            time: versions.integer(2), message: versions.text(5),
            contributor: try lexicon.name(versions.integer(3)),
            mappingVersion: try lexicon.name(versions.integer(4))),
          content: versions.blob(6)))
    }
    return found
  }

  func effects(ofMessage id: String) throws(StoreError) -> [HubEffect] {
    defer { trace.reset() }
    try trace.bind(id, at: 1)
    guard try trace.step() else { return [] }
    return trace.text(0).split(separator: "\n").compactMap { HubEffect(line: $0) }
  }

  func contributors() throws(StoreError) -> [String] {
    defer { contributed.reset() }
    var names: [String] = []
    while try contributed.step() { names.append(contributed.text(0)) }
    return names
  }

  static let columns = """
    hub_resource.number, id, hub_resource.type, patient, version, state, time, contributor, mapping_version,
    message, revision, entries, keys, ranges, content
    """
  /// From one contributor to the next in the index, past all of its resources.
  private static let contributedSQL = """
    WITH RECURSIVE told (number) AS (
      SELECT min(contributor) FROM hub_resource
      UNION ALL
      SELECT (SELECT min(contributor) FROM hub_resource WHERE contributor > told.number) FROM told
      WHERE told.number IS NOT NULL
    )
    SELECT name FROM told JOIN hub_name USING (number) ORDER BY name
    """
  private static let versionsSQL = """
    SELECT version, state, time, contributor, mapping_version, message, content FROM hub_version
    WHERE resource = (SELECT number FROM hub_resource WHERE id = ?1)
    UNION ALL
    SELECT version, state, time, contributor, mapping_version, message, content FROM hub_resource WHERE id = ?1
    ORDER BY version
    """
}
