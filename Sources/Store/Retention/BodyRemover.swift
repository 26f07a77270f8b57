import Cryptography

/// Removes bodies, as the one connection that writes does it.
///
/// Each rule keeps its place, so that a sweep looks only at what has come of age since the last one, and at
/// what that one had to leave.
final class BodyRemover {
  /// Later times stand for a period without an end: the year 2200.
  private static let never: Int64 = 7_258_118_400_000
  /// Nobody's clock is ahead by more; messages from later than that came while a clock was wrong.
  private static let day: Int64 = 86_400_000

  private let key: [UInt8]
  private let connection: any SQLConnection
  private let left, leave, finish, place, move, next, state, trace, span, body, note, forget: any SQLStatement
  /// Those that put another body, an empty one, in the place of a message's.
  private let emptying: [any SQLStatement]
  private let deliveries: any SQLStatement

  /// - Parameter key: of the codes that stand for removed bodies.
  init(_ connection: any SQLConnection, key: [UInt8]) throws(StoreError) {
    func prepare(_ sql: String) throws(StoreError) -> any SQLStatement {
      try connection.statement(sql, doing: "removing bodies")
    }
    self.key = key
    self.connection = connection
    left = try prepare(
      """
      SELECT sequence, mapping, received FROM retention_left JOIN message USING (sequence)
      WHERE rule = ? AND sequence > ? ORDER BY sequence LIMIT ?
      """)
    leave = try prepare("INSERT INTO retention_left (rule, sequence) VALUES (?, ?) ON CONFLICT DO NOTHING")
    finish = try prepare("DELETE FROM retention_left WHERE rule = ? AND sequence = ?")
    place = try prepare("SELECT sequence FROM retention_place WHERE rule = ?")
    move = try prepare(
      """
      INSERT INTO retention_place (rule, sequence) VALUES (?, ?)
      ON CONFLICT (rule) DO UPDATE SET sequence = excluded.sequence
      """)
    next = try prepare(
      "SELECT sequence, mapping, received FROM message WHERE sequence > ? ORDER BY sequence LIMIT ?")
    state = try prepare(Self.stateSQL)
    trace = try prepare("SELECT effects FROM hub_trace WHERE message = ?")
    span = try prepare("SELECT start, finish FROM hub_resource WHERE id = ?")
    body = try prepare("SELECT body, key_day FROM message WHERE sequence = ?")
    note = try prepare("INSERT INTO emptied (sequence, bytes, code, time) VALUES (?, ?, ?, ?)")
    forget = try prepare(
      "UPDATE outcome SET diagnostics = NULL WHERE sequence = ? AND diagnostics IS NOT NULL")
    emptying = [
      try prepare("UPDATE message SET body = ?2, key_day = NULL WHERE sequence = ?1"),
      try prepare(
        "UPDATE delivery_edit SET body = ?2 WHERE number IN (SELECT number FROM delivery WHERE message = ?1)"),
    ]
    deliveries = try prepare(
      "DELETE FROM delivery_body WHERE number IN (SELECT number FROM delivery WHERE message = ?)")
  }

  /// Whether a message's body is the one of that code: of a removed one, or at the beginning of an encrypted one.
  func isSame(_ message: NewMessage, as code: [UInt8]) -> Bool {
    let own = message.sealed?.code ?? self.code(of: message.body)[...]
    return own.elementsEqual(code.prefix(SealedContent.codeSize))
  }

  func step(
    _ removal: BodyRemoval, at place: BodyRemovalPlace, limit: Int
  ) throws(StoreError) -> BodyRemovalStep {
    switch place {
    case .left(let last): try lookAgain(removal, behind: last, limit: limit)
    case .new: try goOn(removal, limit: limit)
    }
  }

  // MARK: places

  private struct Found {
    let sequence: Int64
    let mapping: String
    let received: Int64
  }

  private func lookAgain(
    _ removal: BodyRemoval, behind last: Int64, limit: Int
  ) throws(StoreError) -> BodyRemovalStep {
    try left.bind(removal.rule, at: 1)
    try left.bind(last, at: 2)
    try left.bind(Int64(limit), at: 3)
    let found = try rows(left)
    var step = BodyRemovalStep(next: found.count < limit ? .new : found.last.map { .left($0.sequence) })
    for message in found where message.received < removal.before {
      guard try remove(message, by: removal, &step) else { continue }
      try finish.bind(removal.rule, at: 1)
      try finish.bind(message.sequence, at: 2)
      try finish.run()
    }
    return step
  }

  private func goOn(_ removal: BodyRemoval, limit: Int) throws(StoreError) -> BodyRemovalStep {
    let begin = try lastPlace(of: removal.rule)
    try next.bind(begin, at: 1)
    try next.bind(Int64(limit), at: 2)
    let found = try rows(next)
    var (step, last) = (BodyRemovalStep(), begin)
    for message in found {
      let isOfNoTime = message.received > removal.time + Self.day
      guard message.received < removal.before || isOfNoTime else { break }
      last = message.sequence
      guard removal.isMeant(message.mapping) else { continue }
      let isDone = isOfNoTime ? false : try remove(message, by: removal, &step)
      if !isDone { try keep(message, for: removal.rule) }
    }
    if last != begin {
      try move.bind(removal.rule, at: 1)
      try move.bind(last, at: 2)
      try move.run()
    }
    step.next = found.count == limit && last == found.last?.sequence ? .new : nil
    return step
  }

  private func rows(_ statement: any SQLStatement) throws(StoreError) -> [Found] {
    defer { statement.reset() }
    var found: [Found] = []
    while try statement.step() {
      found.append(
        Found(sequence: statement.integer(0), mapping: statement.text(1), received: statement.integer(2)))
    }
    return found
  }

  private func lastPlace(of rule: String) throws(StoreError) -> Int64 {
    defer { place.reset() }
    try place.bind(rule, at: 1)
    return try place.step() ? place.integer(0) : 0
  }

  private func keep(_ message: Found, for rule: String) throws(StoreError) {
    try leave.bind(rule, at: 1)
    try leave.bind(message.sequence, at: 2)
    try leave.run()
  }

  // MARK: one message

  /// False when it has to stay; true when its body is gone, also since long.
  private func remove(
    _ message: Found, by removal: BodyRemoval, _ step: inout BodyRemovalStep
  ) throws(StoreError) -> Bool {
    switch try condition(of: message.sequence) {
    case .needed: return false
    case .gone: return true
    case .settled: break
    }
    if !removal.ended.isEmpty, let end = try end(of: removal.ended, toldBy: message.sequence),
      end >= removal.before
    {
      return false
    }
    try remove(message.sequence, at: removal.time)
    step.messages += 1
    step.deliveries += try removeDeliveries(of: message.sequence)
    return true
  }

  private enum Condition {
    case needed, gone, settled
  }

  private func condition(of sequence: Int64) throws(StoreError) -> Condition {
    defer { state.reset() }
    try state.bind(sequence, at: 1)
    guard try state.step() else { return .needed }
    return state.integer(0) == 1 ? .gone : state.integer(1) == 1 ? .settled : .needed
  }

  /// When the last of those resources of a type ends that the message told of; nil for none.
  private func end(of types: Set<String>, toldBy sequence: Int64) throws(StoreError) -> Int64? {
    var last: Int64?
    for effect in try effects(of: sequence) where types.contains(effect.type) {
      if let end = try end(of: effect.id) { last = max(last ?? end, end) }
    }
    return last
  }

  private func effects(of sequence: Int64) throws(StoreError) -> [HubEffect] {
    defer { trace.reset() }
    try trace.bind(sequence, at: 1)
    guard try trace.step() else { return [] }
    return trace.text(0).split(separator: "\n").compactMap { HubEffect(line: $0) }
  }

  private func end(of id: HubKey) throws(StoreError) -> Int64? {
    defer { span.reset() }
    try span.bind(id.bytes, at: 1)
    guard try span.step() else { return nil }
    let (start, finish) = (span.integer(0), span.integer(1))
    return finish < Self.never ? finish : start
  }

  private func remove(_ sequence: Int64, at time: Int64) throws(StoreError) {
    let content = try content(of: sequence)
    try note.bind(sequence, at: 1)
    try note.bind(Int64(content.bytes), at: 2)
    try note.bind(content.code, at: 3)
    try note.bind(time, at: 4)
    try note.run()
    try forget.bind(sequence, at: 1)
    try forget.run()
    for statement in emptying {
      try statement.bind(sequence, at: 1)
      try statement.bind([UInt8](), at: 2)
      try statement.run()
    }
  }

  private func removeDeliveries(of sequence: Int64) throws(StoreError) -> Int {
    try deliveries.bind(sequence, at: 1)
    try deliveries.run()
    return try connection.changedRows()
  }

  /// What stays of a message's content: how much it was, and by which code it is known again.
  private func content(of sequence: Int64) throws(StoreError) -> (bytes: Int, code: [UInt8]) {
    defer { body.reset() }
    try body.bind(sequence, at: 1)
    let stored = try body.step() ? body.blob(0) : []
    guard body.optionalInteger(1) != nil else { return (stored.count, code(of: stored)) }
    return (stored.count - SealedContent.overhead, Array(stored.prefix(SealedContent.codeSize)))
  }

  private func code(of bytes: [UInt8]) -> [UInt8] { HMAC.code(of: bytes, key: key).bytes }

  /// Whether it is gone, and whether it may go.
  private static let stateSQL = """
    SELECT EXISTS (SELECT 1 FROM emptied WHERE sequence = ?1),
      state IN ('\(MessageState.translated.rawValue)', '\(MessageState.rejected.rawValue)',
        '\(MessageState.skipped.rawValue)')
      AND NOT EXISTS (SELECT 1 FROM waiting WHERE sequence = ?1)
      AND NOT EXISTS (
        SELECT 1 FROM delivery WHERE message = ?1
        AND state IN (\(DeliveryState.waiting.code), \(DeliveryState.dead.code))
      )
    FROM outcome WHERE sequence = ?1
    """
}
