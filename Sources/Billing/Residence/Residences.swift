import Foundation

/// Where a patient has been registered, as the population register has answered, and which visits are billed by it.
///
/// Answers only add to it, and what they come to does not depend on their order.
struct Residences: Codable, Sendable, Equatable {
  /// A place, and the first day on which the patient is known to be registered there.
  struct Place: Codable, Sendable, Equatable {
    /// `2020-05-01`
    let since: String
    /// Two digits (SCB); empty for nowhere in Sweden.
    let county: String
    /// Four digits (SCB); empty where the register does not tell it.
    let municipality: String
    /// When the register answered so last, in milliseconds since 1970, UTC.
    var told: Int64
  }

  /// By their days, the earliest first; of one day the one that was told last is right.
  private(set) var places: [Place] = []
  /// What the newest answer says of the patient's protection, and when that was.
  private(set) var isProtected = false
  private(set) var told: Int64 = 0
  /// The visits that are priced again when the register answers; sorted.
  private(set) var visits: [String] = []

  /// What is remembered, as it was written; empty for bytes that are none.
  init(_ bytes: [UInt8]? = nil) {
    if let bytes, let known = try? JSONDecoder().decode(Residences.self, from: Data(bytes)) { self = known }
  }

  /// As JSON, always the same for the same.
  func bytes() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return Array(try encoder.encode(self))
  }

  mutating func add(visit: String) {
    if !visits.contains(visit) { visits = (visits + [visit]).sorted() }
  }

  mutating func add(_ answer: RegisterAnswer, told time: Int64) {
    if time >= told { (isProtected, told) = (answer.isProtected, time) }
    if !answer.until.isEmpty { add(Place(since: answer.until, county: "", municipality: "", told: time)) }
    guard !answer.county.isEmpty else { return }
    // Who is no longer followed was registered there before that, and nobody knows since when.
    guard !answer.since.isEmpty || answer.until.isEmpty else { return }
    let since = answer.since.isEmpty ? CalendarDay(inSwedenAt: time)?.description ?? "" : answer.since
    add(Place(since: since, county: answer.county, municipality: answer.municipality, told: time))
  }

  private mutating func add(_ place: Place) {
    guard let same = places.firstIndex(where: { $0.isSame(as: place) }) else {
      places = (places + [place]).sorted { ($0.since, $0.told, $0.county) < ($1.since, $1.told, $1.county) }
      return
    }
    places[same].told = max(places[same].told, place.told)
    places.sort { ($0.since, $0.told, $0.county) < ($1.since, $1.told, $1.county) }
  }

  /// What the register says about a day: the place since the latest day that is not after it. Where it only knows
  /// of later days, the first of them, which tells no more than that nobody knows.
  func facts(on day: CalendarDay?) -> RegisterFacts? {
    guard told > 0 else { return nil }
    let held = day.flatMap { day in places.last { $0.since <= day.description } }
    return RegisterFacts(place: held ?? places.first, isProtected: isProtected)
  }
}

extension Residences.Place {
  fileprivate func isSame(as other: Self) -> Bool {
    (since, county, municipality) == (other.since, other.county, other.municipality)
  }
}

extension CalendarDay {
  /// The day in Sweden at a moment, in milliseconds since 1970, UTC.
  public init?(inSwedenAt time: Int64) {
    var calendar = Calendar(identifier: .gregorian)
    guard let zone = TimeZone(identifier: "Europe/Stockholm") else { return nil }
    calendar.timeZone = zone
    let parts = calendar.dateComponents(
      [.year, .month, .day], from: Date(timeIntervalSince1970: Double(time) / 1000))
    guard let year = parts.year, let month = parts.month, let day = parts.day else { return nil }
    self.init(year: year, month: month, day: day)
  }
}
