public import Diagnostics

/// What a kind of visit costs in a period: one row of a price list.
public final class Price: Sendable {
  /// Which visits a row is about. An empty kind of visit means any.
  public struct Subject: Hashable, Sendable {
    /// The group of professions, as `rules.yaml` names them.
    public let group: String
    /// How patient and clinician met: `video`, `chat`.
    public let form: String
    /// `1` new, `2` again, or empty.
    public let kind: String

    /// For diagnostics.
    var text: String { "\(group), \(form)" + (kind.isEmpty ? "" : ", kind \(kind)") }
  }

  /// Which visits.
  public let subject: Subject
  /// The first day.
  public let from: CalendarDay
  /// The last day; nil while no other price is known.
  public let to: CalendarDay?
  /// What the visit costs, patient fee included.
  public let amount: Money
  /// The product's code in the claim.
  public let product: String
  /// The product's name in the claim.
  public let name: String
  /// The claim's product category (R24).
  public let category: String
  /// Where it stands.
  public let place: Place

  private init(
    _ subject: Subject, from: CalendarDay, to: CalendarDay?, amount: Money, product: String, name: String,
    category: String, place: Place
  ) {
    (self.subject, self.from, self.to, self.amount) = (subject, from, to, amount)
    (self.product, self.name, self.category, self.place) = (product, name, category, place)
  }

  /// Whether it holds on a day.
  func holds(on day: CalendarDay) -> Bool { from <= day && day <= (to ?? day) }
}

extension Price: Equatable {
  /// Whether two rows say the same; where they stand does not count.
  public static func == (one: Price, other: Price) -> Bool {
    one === other
      || one.subject == other.subject && one.from == other.from && one.to == other.to
        && one.amount == other.amount && one.product == other.product && one.name == other.name
        && one.category == other.category
  }
}

/// All price lists together.
public struct PriceList: Sendable {
  private let prices: [Price.Subject: [Price]]

  static let columns = [
    "valid-from", "valid-to", "group", "form", "kind", "category", "product", "name", "price",
  ]

  /// Sorts prices and tells gaps and overlaps of their validity.
  init(_ prices: [Price], _ diagnostics: inout [Diagnostic]) {
    self.prices = Dictionary(grouping: prices, by: \.subject).mapValues { $0.sorted { $0.from < $1.from } }
    for list in self.prices.values.sorted(by: { $0[0].subject.text < $1[0].subject.text }) {
      for (one, other) in zip(list, list.dropFirst()) { Self.compare(one, other, &diagnostics) }
    }
  }

  private static func compare(_ one: Price, _ other: Price, _ diagnostics: inout [Diagnostic]) {
    guard let end = one.to, end < other.from else {
      let problem = Problem.priceOverlap(what: other.subject.text, day: other.from.description)
      diagnostics.append(Diagnostic(problem, at: other.place, labels: [.init(one.place, "the first")]))
      return
    }
    guard let next = end.next, next < other.from else { return }
    let gap = Problem.priceGap(
      what: other.subject.text, from: next.description, to: other.from.description)
    diagnostics.append(Diagnostic(gap, at: other.place, labels: [.init(one.place, "prices end here")]))
  }

  /// The price of a visit on a day: that of its kind, else that of any kind.
  public func price(group: String, form: String, kind: String, on day: CalendarDay) -> Price? {
    let exact = find(Price.Subject(group: group, form: form, kind: kind), day)
    return kind.isEmpty ? exact : exact ?? find(Price.Subject(group: group, form: form, kind: ""), day)
  }

  private func find(_ subject: Price.Subject, _ day: CalendarDay) -> Price? {
    prices[subject]?.last { $0.holds(on: day) }
  }

  /// Whether visits of any kind have some price.
  func has(group: String, form: String) -> Bool {
    prices.keys.contains { $0.group == group && $0.form == form }
  }

  /// All prices, for checks.
  var all: [Price] { prices.values.flatMap { $0 } }
}

extension Price {
  /// Reads a row; nil when it can't be used, which is told.
  convenience init?(_ row: RuleTable.Row, _ diagnostics: inout [Diagnostic]) {
    func wrong(_ column: String, _ reason: String) {
      diagnostics.append(Diagnostic(.billingRow(reason: reason), at: row.place(of: column)))
    }
    let before = diagnostics.count
    let from = CalendarDay(row["valid-from"])
    if from == nil { wrong("valid-from", "expected a day such as 2026-01-01") }
    let to = CalendarDay(row["valid-to"])
    if to == nil, !row["valid-to"].isEmpty {
      wrong("valid-to", "expected a day such as 2026-12-31, or nothing")
    }
    if let from, let to, to < from { wrong("valid-to", "it ends before it begins") }
    let amount = Money(row["price"])
    if amount.map({ $0 < .zero }) ?? true { wrong("price", "expected an amount such as 500.00") }
    for column in ["group", "form", "product", "name"] where row[column].isEmpty {
      wrong(column, "`\(column)` is needed")
    }
    for column in ["product", "name"] where NumberChecks.holdsPersonNumber(row[column]) {
      let problem = Problem.billingCheck(
        name: "patient", reason: "a personnummer stands in what invoices say")
      diagnostics.append(Diagnostic(problem, at: row.place(of: column)))
    }
    guard diagnostics.count == before, let from, let amount else { return nil }
    self.init(
      Subject(group: row["group"], form: row["form"], kind: row["kind"]), from: from, to: to,
      amount: amount, product: row["product"], name: row["name"], category: row["category"], place: row.place)
  }
}
