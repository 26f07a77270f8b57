/// The rows of resources and what finds them, as the one connection that writes changes them.
final class HubRows {
  /// Where a resource stands.
  struct Place {
    let number, version, type: Int64
    /// Nil when it may have grown since it was read.
    fileprivate(set) var revision: Int64?
    fileprivate let start, finish: Int64
    fileprivate let doors: [HubKey]
  }

  private let connection: any SQLConnection
  private let names: HubNames
  private let entries: HubEntries
  private let find, insert, keep, update, index: any SQLStatement
  /// What the open batch has found or made; nil for what is not there.
  private var places: [HubKey: Place?] = [:]

  init(_ connection: any SQLConnection, _ names: HubNames, _ entries: HubEntries) throws(StoreError) {
    func prepare(_ sql: String) throws(StoreError) -> any SQLStatement {
      try connection.statement(sql, doing: "writing the hub")
    }
    self.connection = connection
    self.names = names
    self.entries = entries
    find = try prepare(
      """
      SELECT number, version, revision, type, start, finish, patient, entries FROM hub_resource WHERE id = ?
      """)
    insert = try prepare(Self.insertSQL)
    keep = try prepare(Self.keepSQL)
    update = try prepare(Self.updateSQL)
    index = try prepare(
      """
      UPDATE hub_resource SET patient = ?2, start = ?3, finish = ?4, entries = ?5, keys = ?6, ranges = ?7,
      revision = revision + 1 WHERE number = ?1
      """)
  }

  /// To be called at the beginning of a batch, and when rows have gone.
  func forget() {
    places.removeAll(keepingCapacity: true)
  }

  /// ``place(of:)`` will be asked for.
  func foresee(_ id: HubKey) throws(StoreError) {
    guard places[id] == nil else { return }
    try find.bind(id.bytes, at: 1)
    try find.foresee()
  }

  /// The place with its revision.
  func currentPlace(of id: HubKey) throws(StoreError) -> Place? {
    if let known = places[id], let place = known, place.revision == nil { places[id] = nil }
    return try place(of: id)
  }

  func place(of id: HubKey) throws(StoreError) -> Place? {
    if let known = places[id] { return known }
    let place = try read(id)
    places[id] = .some(place)
    return place
  }

  private func read(_ id: HubKey) throws(StoreError) -> Place? {
    defer { find.reset() }
    try find.bind(id.bytes, at: 1)
    guard try find.step() else { return nil }
    var index = HubIndex()
    index.patient = find.optionalBlob(6).flatMap { HubKey($0) }
    index.entries = [HubKey](packed: find.blob(7))
    return Place(
      number: find.integer(0), version: find.integer(1), type: find.integer(3), revision: find.integer(2),
      start: find.integer(4), finish: find.integer(5), doors: index.doors)
  }

  /// Adds a resource and returns its number.
  func insert(_ put: HubPut) throws(StoreError) -> Int64 {
    let type = try names.number(of: put.type)
    try insert.bind(put.id.bytes, at: 1)
    try insert.bind(type, at: 14)
    try insert.bind(1, at: 16)
    try insert.bind(1, at: 17)
    try bind(put.index, to: insert)
    try bind(put, to: insert)
    let number = try connection.insert(insert, into: "hub_resource", numberAt: 15)
    show(number, type, put.index)
    places[put.id] = Place(number, version: 1, revision: 1, type: type, put.index)
    return number
  }

  /// Keeps the version at hand among the replaced ones and puts the next in its place.
  func update(_ place: Place, _ put: HubPut) throws(StoreError) {
    try keep.bind(place.number, at: 1)
    try keep.run()
    try update.bind(place.number, at: 1)
    try bind(put.index, to: update)
    try bind(put, to: update)
    try update.run()
    try move(place, to: put.index)
    places[put.id] = Place(
      place.number, version: place.version + 1, revision: place.revision.map { $0 + 1 }, type: place.type,
      put.index)
  }

  /// Somebody has confirmed what is told of a resource, so that its revision may have grown.
  func confirmed(_ id: HubKey) {
    guard let known = places[id], var place = known else { return }
    place.revision = nil
    places[id] = place
  }

  func index(_ place: Place, of id: HubKey, _ other: HubIndex) throws(StoreError) {
    try index.bind(place.number, at: 1)
    try bind(other, to: index)
    try index.run()
    try move(place, to: other)
    places[id] = Place(
      place.number, version: place.version, revision: place.revision.map { $0 + 1 }, type: place.type, other)
  }

  // MARK: what finds it

  private func move(_ place: Place, to index: HubIndex) throws(StoreError) {
    let span = index.span
    if place.start == span.start, place.finish == span.finish, place.doors == index.doors { return }
    try entries.remove(place.doors, from: place.number, type: place.type, start: place.start)
    show(place.number, place.type, index)
  }

  private func show(_ number: Int64, _ type: Int64, _ index: HubIndex) {
    let span = index.span
    entries.add(index.doors, to: number, type: type, start: span.start, finish: span.finish)
  }

  private func bind(_ index: HubIndex, to statement: any SQLStatement) throws(StoreError) {
    let span = index.span
    try statement.bind(index.patient?.bytes, at: 2)
    try statement.bind(span.start, at: 3)
    try statement.bind(span.finish, at: 4)
    try statement.bind(index.entries.packed, at: 5)
    try statement.bind(index.keys.packed, at: 6)
    try statement.bind(index.ranges.packed, at: 7)
  }

  private func bind(_ put: HubPut, to statement: any SQLStatement) throws(StoreError) {
    try statement.bind(put.state.rawValue, at: 8)
    try statement.bind(put.origin.time, at: 9)
    try statement.bind(try names.number(of: put.origin.contributor), at: 10)
    try statement.bind(try names.number(of: put.origin.mappingVersion), at: 11)
    try statement.bind(put.origin.message, at: 12)
    try statement.bind(put.content, at: 13)
  }

  private static let insertSQL = """
    INSERT INTO hub_resource (id, patient, start, finish, entries, keys, ranges, state, time, contributor,
      mapping_version, message, content, type, number, version, revision)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """
  private static let keepSQL = """
    INSERT INTO hub_version (resource, version, state, time, contributor, mapping_version, message, content)
    SELECT number, version, state, time, contributor, mapping_version, message, content FROM hub_resource
    WHERE number = ?
    """
  private static let updateSQL = """
    UPDATE hub_resource SET patient = ?2, start = ?3, finish = ?4, entries = ?5, keys = ?6, ranges = ?7,
      state = ?8, time = ?9, contributor = ?10, mapping_version = ?11, message = ?12, content = ?13,
      version = version + 1, revision = revision + 1
    WHERE number = ?1
    """
}

extension HubRows.Place {
  fileprivate init(
    _ number: Int64, version: Int64, revision: Int64?, type: Int64, _ index: HubIndex
  ) {
    let span = index.span
    self.init(
      number: number, version: version, type: type, revision: revision, start: span.start,
      finish: span.finish, doors: index.doors)
  }
}
