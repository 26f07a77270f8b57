/// Removes what the hub may keep no longer, rows and all that belongs to them.
final class HubRemover {
  private let connection: Connection
  private let names: HubNames
  private let ofPatient, ofContributor, versions: Statement
  private let place: Statement
  private let leftovers: [Statement]
  private let hide: Statement

  init(_ connection: Connection, _ names: HubNames) throws(StoreError) {
    func prepare(_ sql: String) throws(StoreError) -> Statement {
      try connection.prepare(sql, doing: "removing from the hub")
    }
    self.connection = connection
    self.names = names
    ofPatient = try prepare("SELECT number FROM hub_search WHERE key = ? LIMIT ?")
    ofContributor = try prepare(
      "SELECT number FROM hub_resource WHERE contributor = ? AND time < ? ORDER BY time LIMIT ?")
    versions = try prepare(
      """
      DELETE FROM hub_version WHERE rowid IN
      (SELECT rowid FROM hub_version WHERE time < ? ORDER BY time LIMIT ?)
      """)
    place = try prepare("SELECT id, patient, entries, type, start FROM hub_resource WHERE number = ?")
    leftovers = [
      try prepare("DELETE FROM hub_version WHERE resource = ?"),
      try prepare("DELETE FROM hub_statement WHERE resource = ?"),
      try prepare("DELETE FROM hub_list WHERE whole = (SELECT id FROM hub_resource WHERE number = ?)"),
      try prepare("DELETE FROM hub_resource WHERE number = ?"),
    ]
    hide = try prepare("DELETE FROM hub_search WHERE key = ? AND type = ? AND start = ? AND number = ?")
  }

  func remove(_ removal: HubRemoval, limit: Int) throws(StoreError) -> Int {
    switch removal {
    case .patient(let patient):
      try ofPatient.bind(patient.bytes, at: 1)
      try ofPatient.bind(Int64(limit), at: 2)
      return try removeAll(ofPatient)
    case .versions(let time):
      try versions.bind(time, at: 1)
      try versions.bind(Int64(limit), at: 2)
      try versions.run()
      return connection.changes
    case .resources(let contributors, let time):
      var removed = 0
      for contributor in contributors where removed < limit {
        guard let number = try names.known(contributor) else { continue }
        try ofContributor.bind(number, at: 1)
        try ofContributor.bind(time, at: 2)
        try ofContributor.bind(Int64(limit - removed), at: 3)
        removed += try removeAll(ofContributor)
      }
      return removed
    }
  }

  private func removeAll(_ found: Statement) throws(StoreError) -> Int {
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
    for door in index.doors {
      try hide.bind(door.bytes, at: 1)
      try hide.bind(place.integer(3), at: 2)
      try hide.bind(place.integer(4), at: 3)
      try hide.bind(number, at: 4)
      try hide.run()
    }
  }
}
