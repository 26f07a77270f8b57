/// Removes what the hub may keep no longer, rows and all that belongs to them.
final class HubRemover {
  private let connection: any SQLConnection
  private let names: HubNames
  private let entries: HubEntries
  private let ofPatient, ofContributor, versions: any SQLStatement
  private let place: any SQLStatement
  private let leftovers: [any SQLStatement]

  init(_ connection: any SQLConnection, _ names: HubNames, _ entries: HubEntries) throws(StoreError) {
    func prepare(_ sql: String) throws(StoreError) -> any SQLStatement {
      try connection.statement(sql, doing: "removing from the hub")
    }
    self.connection = connection
    self.names = names
    self.entries = entries
    ofPatient = try prepare("SELECT number FROM hub_search WHERE key = ? LIMIT ?")
    ofContributor = try prepare(Self.ofContributorSQL)
    versions = try prepare(
      """
      DELETE FROM hub_version WHERE (resource, version) IN
      (SELECT resource, version FROM hub_version WHERE time < ? ORDER BY time LIMIT ?)
      """)
    place = try prepare("SELECT id, patient, entries, type, start FROM hub_resource WHERE number = ?")
    leftovers = [
      try prepare("DELETE FROM hub_version WHERE resource = ?"),
      try prepare("DELETE FROM hub_statement WHERE resource = ?"),
      try prepare("DELETE FROM hub_list WHERE whole = (SELECT id FROM hub_resource WHERE number = ?)"),
      try prepare("DELETE FROM hub_resource WHERE number = ?"),
    ]
  }

  func remove(_ removal: HubRemoval, limit: Int) throws(StoreError) -> Int {
    try entries.write()
    switch removal {
    case .patient(let patient):
      try ofPatient.bind(patient.bytes, at: 1)
      try ofPatient.bind(Int64(limit), at: 2)
      return try removeAll(ofPatient)
    case .versions(let time):
      try versions.bind(time, at: 1)
      try versions.bind(Int64(limit), at: 2)
      try versions.run()
      return try connection.changedRows()
    case .resources(let contributors, let time):
      return try removeResources(of: contributors, before: time, limit: limit)
    }
  }

  private func removeResources(
    of contributors: [String], before time: Int64, limit: Int
  ) throws(StoreError) -> Int {
    var numbers: [Int64] = []
    for contributor in contributors {
      if let number = try names.known(contributor) { numbers.append(number) }
    }
    let all = ",\(numbers.map(String.init).joined(separator: ",")),"
    var removed = 0
    for number in numbers where removed < limit {
      try ofContributor.bind(number, at: 1)
      try ofContributor.bind(time, at: 2)
      try ofContributor.bind(Int64(limit - removed), at: 3)
      try ofContributor.bind(all, at: 4)
      removed += try removeAll(ofContributor)
    }
    return removed
  }

  private func removeAll(_ found: any SQLStatement) throws(StoreError) -> Int {
    var numbers: [Int64] = []
    do {
      defer { found.reset() }
      while try found.step() { numbers.append(found.integer(0)) }
    }
    for number in numbers { try remove(number) }
    return numbers.count
  }

  private func remove(_ number: Int64) throws(StoreError) {
    try hideAll(number)
    for statement in leftovers {
      try statement.bind(number, at: 1)
      try statement.run()
    }
  }

  private func hideAll(_ number: Int64) throws(StoreError) {
    defer { place.reset() }
    try place.bind(number, at: 1)
    guard try place.step() else { return }
    var index = HubIndex()
    index.patient = place.optionalBlob(1).flatMap { HubKey($0) }
    index.entries = [HubKey](packed: place.blob(2))
    try entries.remove(index.doors, from: number, type: place.integer(3), start: place.integer(4))
  }

  private static let ofContributorSQL = """
    SELECT number FROM hub_resource WHERE contributor = ?1 AND time < ?2 AND NOT EXISTS (
      SELECT 1 FROM hub_statement WHERE resource = hub_resource.number
      AND (time >= ?2 OR ?4 NOT LIKE '%,' || contributor || ',%')
    )
    ORDER BY hub_resource.time LIMIT ?3
    """
}
