import Documents

/// What one record of an answer says of itself: by this it is chosen, ordered and checked, and by nothing
/// that does not leave.
struct RecordFacts: Sendable, Equatable {
  /// Which record of the whole answer it is, from 0.
  let number: Int
  let node: NodeID
  let id, source, careUnit, careGiver, contact: String
  /// Its moments, or start and end; `YYYYMMDD` with or without the time of day, Swedish local time.
  let times: [String]
  /// Whether ``times`` is a stretch that goes on.
  let isOngoing: Bool

  init(number: Int, _ node: NodeID, _ paths: RIVTARecordPaths, _ forest: borrowing Forest) {
    (self.number, self.node) = (number, node)
    id = paths.id.map { forest.text(node, at: $0) }.joined(separator: " ")
    source = forest.text(node, at: paths.source)
    careUnit = forest.text(node, at: paths.careUnit)
    careGiver = forest.text(node, at: paths.careGiver)
    contact = paths.contact.isEmpty ? "" : forest.text(node, at: paths.contact)
    let moments = paths.times.flatMap { forest.texts(node, at: $0) }
    let ends = paths.period.map { forest.text(node, at: $0) }
    guard ends.count == 2, !(ends[0] + ends[1]).isEmpty else {
      (times, isOngoing) = (moments, false)
      return
    }
    let known = ends.filter { !$0.isEmpty }
    (times, isOngoing) = (known, ends[1].isEmpty)
  }

  /// What checks are told of it.
  func checked(_ kind: String) -> CheckedRecord {
    CheckedRecord(number: number, careUnit: careUnit, careGiver: careGiver, times: times, kind: kind)
  }

  /// Its place in the order of answers.
  var place: RecordPlace { RecordPlace(time: times.first ?? "", id: id) }

  func matches(_ question: RecordQuestion, _ paths: RIVTARecordPaths) -> Bool {
    isOf(question.source)
      && Self.isAmong(careUnit, question.careUnits) && Self.isAmong(careGiver, question.careGivers)
      && (question.contacts.isEmpty || question.contacts.contains(contact))
      && isWithin(question.start, question.end, isPeriod: !paths.period.isEmpty)
  }

  /// Whether a source system has made it; `nil` for any.
  func isOf(_ system: String?) -> Bool { system.map { $0.uppercased() == source.uppercased() } ?? true }

  private static func isAmong(_ id: String, _ wished: [String]) -> Bool {
    wished.isEmpty || wished.contains { $0.uppercased() == id.uppercased() }
  }

  private func isWithin(_ start: String?, _ end: String?, isPeriod: Bool) -> Bool {
    guard start != nil || end != nil else { return true }
    let (first, last) = (start ?? "0", end ?? "9")
    let days = times.map { String($0.prefix(8)) }
    guard isPeriod else { return days.contains { $0 >= first && $0 <= last } }
    guard let begin = days.first, let finish = days.last else { return false }
    return begin <= last && (isOngoing || finish >= first)
  }
}

/// Where a record stands in answers: the newest first, and those of one time by their ids.
struct RecordPlace: Sendable, Equatable, Comparable {
  let time, id: String

  init(time: String, id: String) { (self.time, self.id) = (time, id) }

  /// The place that ``reference`` told; `nil` for any other text.
  init?(_ reference: String) {
    guard let bytes = Hexadecimal.bytes(reference), let text = String(validating: bytes, as: UTF8.self),
      let bar = text.firstIndex(of: "|")
    else { return nil }
    self.init(time: String(text[..<bar]), id: String(text[text.index(after: bar)...]))
  }

  /// The place in an opaque word.
  var reference: String { Hexadecimal.text(Array("\(time)|\(id)".utf8)) }

  static func < (one: RecordPlace, other: RecordPlace) -> Bool {
    one.time == other.time ? one.id < other.id : one.time > other.time
  }
}
