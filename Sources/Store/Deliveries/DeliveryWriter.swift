/// The statements about deliveries of the one connection that writes.
final class DeliveryWriter {
  private struct Found {
    let number: Int64
    let deliveryClass: Int64
    let state: DeliveryState
    let lane: Lane
  }

  private let connection: Connection
  private let insert, insertBody, findKey, find, touch, move, note, edit: Statement
  private let lanes: Lanes
  private let classes: DeliveryClasses
  private let tally: DeliveryTally

  init(_ connection: Connection) throws(StoreError) {
    self.connection = connection
    lanes = try Lanes(connection)
    classes = try DeliveryClasses(connection)
    tally = try DeliveryTally(connection)
    insert = try connection.prepare(Self.insertSQL, doing: "storing a delivery")
    insertBody = try connection.prepare(
      "INSERT INTO delivery_body (number, body) VALUES (?, ?)", doing: "storing a delivery")
    findKey = try connection.prepare(
      "SELECT number FROM delivery WHERE key = ?", doing: "looking for an earlier delivery")
    find = try connection.prepare(
      "SELECT class, state, lane FROM delivery WHERE number = ?", doing: "looking for a delivery")
    touch = try connection.prepare(
      "UPDATE delivery SET attempts = ifnull(?2, attempts), changed = ?3 WHERE number = ?1",
      doing: "reporting a delivery")
    move = try connection.prepare(
      "UPDATE delivery SET attempts = ifnull(?2, attempts), changed = ?3, state = ?4 WHERE number = ?1",
      doing: "reporting a delivery")
    note = try connection.prepare(
      "INSERT OR REPLACE INTO delivery_problem (number, problem) VALUES (?, ?)",
      doing: "reporting a delivery")
    edit = try connection.prepare(Self.editSQL, doing: "editing a delivery")
  }

  // MARK: the batch

  /// To be called before each commit.
  func finishBatch() throws(StoreError) {
    try tally.write()
  }

  func abandonBatch() throws(StoreError) {
    tally.forget()
    try classes.reload()
  }

  // MARK: deliveries

  func add(_ delivery: NewDelivery, ofMessage sequence: Int64) throws(StoreError) -> DeliveryReceipt {
    let deliveryClass = try classes.number(
      of: DeliveryClass(
        target: delivery.target, route: delivery.route, contentType: delivery.contentType))
    guard let number = try insert(delivery, deliveryClass, sequence) else {
      return .repeated(try number(ofKey: delivery.key))
    }
    try insertBody.bind(number, at: 1)
    try insertBody.bind(delivery.body, at: 2)
    try insertBody.run()
    let lane = Lane(target: delivery.target, name: delivery.lane)
    if let fault = delivery.fault {
      try note(fault.problem, on: number)
      if fault.holdsLane { try lanes.append(number, to: lane, due: nil) }
    } else {
      try lanes.append(number, to: lane, due: delivery.due)
    }
    tally.move(deliveryClass, from: nil, to: delivery.state)
    return .added(number)
  }

  func report(_ report: DeliveryReport) throws(StoreError) -> DeliveryChange {
    let found = try find(report.number)
    guard found.state == .waiting else { return .ended(found.state) }
    switch report.result {
    case .delivered:
      try lanes.remove(found.number, from: found.lane)
      try move(found, to: .delivered, attempts: report.attempts, time: report.time)
    case .retry(let due, let problem, let stepsAside):
      try note(problem, on: found.number)
      try touch(found, attempts: report.attempts, time: report.time)
      if stepsAside {
        try lanes.stepAside(found.number, from: found.lane, due: due)
      } else {
        try lanes.set(due: due, for: found.number, in: found.lane)
      }
    case .dead(let problem, let holdsLane):
      try note(problem, on: found.number)
      try bury(found, holdsLane: holdsLane)
      try move(found, to: .dead, attempts: report.attempts, time: report.time)
    }
    return .done
  }

  func intervene(
    _ intervention: DeliveryIntervention, on number: Int64, time: Int64
  ) throws(StoreError) -> DeliveryChange {
    let found = try find(number)
    guard found.state == .waiting || found.state == .dead else { return .ended(found.state) }
    switch intervention {
    case .retry: try revive(found, time)
    case .skip(let reason):
      try note(reason, on: number)
      try lanes.remove(number, from: found.lane)
      try move(found, to: .skipped, time: time)
    case .replaceBody(let contentType, let bytes): try replaceBody(of: number, contentType, bytes, time)
    }
    return .done
  }

  /// One that stepped aside has no lane to hold.
  private func bury(_ found: Found, holdsLane: Bool) throws(StoreError) {
    if try lanes.removeAside(found.number, from: found.lane) { return }
    if holdsLane {
      try lanes.set(due: nil, for: found.number, in: found.lane)
    } else {
      try lanes.remove(found.number, from: found.lane)
    }
  }

  private func revive(_ found: Found, _ time: Int64) throws(StoreError) {
    if try !lanes.set(due: time, for: found.number, in: found.lane) {
      try lanes.insert(found.number, into: found.lane, due: time)
    }
    if found.state == .dead {
      try move(found, to: .waiting, attempts: 0, time: time)
    } else {
      try touch(found, time: time)
    }
  }

  // MARK: rows

  private func insert(
    _ delivery: NewDelivery, _ deliveryClass: Int64, _ sequence: Int64
  ) throws(StoreError) -> Int64? {
    try insert.bind(sequence, at: 1)
    try insert.bind(deliveryClass, at: 2)
    try insert.bind(delivery.state.code, at: 3)
    try insert.bind(delivery.created, at: 4)
    try insert.bind(delivery.lane, at: 5)
    try insert.bind(delivery.key, at: 6)
    try insert.bind(delivery.patient, at: 7)
    try insert.run()
    return connection.changes == 1 ? connection.lastInserted : nil
  }

  private func number(ofKey key: String) throws(StoreError) -> Int64 {
    defer { findKey.reset() }
    try findKey.bind(key, at: 1)
    guard try findKey.step() else { throw .unknownDelivery }
    return findKey.integer(0)
  }

  private func find(_ number: Int64) throws(StoreError) -> Found {
    defer { find.reset() }
    try find.bind(number, at: 1)
    guard try find.step() else { throw .unknownDelivery }
    let deliveryClass = find.integer(0)
    return Found(
      number: number, deliveryClass: deliveryClass, state: DeliveryState(code: find.integer(1)),
      lane: Lane(target: classes.target(of: deliveryClass), name: find.text(2)))
  }

  private func move(
    _ found: Found, to state: DeliveryState, attempts: Int? = nil, time: Int64
  ) throws(StoreError) {
    try move.bind(state.code, at: 4)
    try update(move, found, attempts, time)
    tally.move(found.deliveryClass, from: found.state, to: state)
  }

  private func touch(_ found: Found, attempts: Int? = nil, time: Int64) throws(StoreError) {
    try update(touch, found, attempts, time)
  }

  private func update(
    _ statement: Statement, _ found: Found, _ attempts: Int?, _ time: Int64
  ) throws(StoreError) {
    try statement.bind(found.number, at: 1)
    try statement.bind(attempts.map(Int64.init), at: 2)
    try statement.bind(time, at: 3)
    try statement.run()
  }

  private func note(_ problem: String, on number: Int64) throws(StoreError) {
    try note.bind(number, at: 1)
    try note.bind(problem, at: 2)
    try note.run()
  }

  private func replaceBody(
    of number: Int64, _ contentType: String, _ bytes: [UInt8], _ time: Int64
  ) throws(StoreError) {
    try edit.bind(number, at: 1)
    try edit.bind(contentType, at: 2)
    try edit.bind(time, at: 3)
    try edit.bind(bytes, at: 4)
    try edit.run()
  }

  private static let insertSQL = """
    INSERT INTO delivery (message, class, state, attempts, created, changed, lane, key, patient)
    VALUES (?1, ?2, ?3, 0, ?4, ?4, ?5, ?6, ?7) ON CONFLICT (key) DO NOTHING
    """
  private static let editSQL = """
    INSERT INTO delivery_edit (number, edition, content_type, made, body)
    SELECT ?1, ifnull(max(edition), 0) + 1, ?2, ?3, ?4 FROM delivery_edit WHERE number = ?1
    """
}

extension NewDelivery {
  fileprivate var state: DeliveryState { fault == nil ? .waiting : .dead }
}
