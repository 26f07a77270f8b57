import Foundation

/// Where a patient has been registered and which free cards the patient has had, as registers have answered, and which
/// visits are billed by it.
///
/// Answers only add to it, and what they come to does not depend on their order.
struct Residences: Sendable, Equatable {
  /// A place, and the first day on which the patient is known to be registered there.
  struct Place: Sendable, Equatable {
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
  /// The visits that are priced again when a register answers; sorted.
  private(set) var visits: [String] = []
  /// Free cards by their ids, as each was told last.
  private(set) var cards: [Card] = []

  /// Nothing is known.
  init() {}

  init(places: [Place], isProtected: Bool, told: Int64, visits: [String], cards: [Card]) {
    (self.places, self.isProtected, self.told) = (places, isProtected, told)
    (self.visits, self.cards) = (visits, cards)
  }

  /// What was told last of a free card.
  struct Card: Sendable, Equatable {
    let id: String
    /// From when to when the holder pays no fees, in Swedish time without offset: `2026-09-30T13:45:10`, or a day;
    /// empty where it holds not, or has no end.
    let from, until: String
    let told: Int64

    /// Whether it holds when a visit begins: a Swedish time, or a day alone.
    func holds(at begins: String) -> Bool {
      guard !from.isEmpty, begins.utf8.count >= 10 else { return false }
      func compare(_ one: String, _ isAtMost: (Substring, Substring) -> Bool) -> Bool {
        let length = min(one.utf8.count, begins.utf8.count, 19)
        return isAtMost(one.prefix(length), begins.prefix(length))
      }
      return compare(from, <=) && (until.isEmpty || compare(until, >=))
    }
  }

  /// Of what was told of a card at different times the newest counts; of the same time, the one that sorts last.
  mutating func add(_ card: FreeCard, told time: Int64) {
    let new = Card(id: card.id, from: card.from, until: card.until, told: time)
    if let old = cards.first(where: { $0.id == card.id }) {
      guard (old.told, old.from, old.until) < (time, new.from, new.until) else { return }
    }
    cards = (cards.filter { $0.id != card.id } + [new]).sorted { $0.id < $1.id }
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
  /// - Parameter begins: when the visit begins, a time with Sweden's offset, or a day.
  func facts(on day: CalendarDay?, _ begins: String) -> RegisterFacts? {
    // Cards that hold not, or no longer, are told of by leaving them out, where they were told of before.
    guard told > 0 || !cards.isEmpty else { return nil }
    let held = day.flatMap { day in places.last { $0.since <= day.description } }
    return RegisterFacts(
      place: held ?? places.first, isProtected: isProtected,
      hasFreeCard: day != nil && cards.contains { $0.holds(at: begins) })
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
