import Mapping
import Store

/// Open records, page by page in the order in which they become batches: credits first, so that nobody pays a wrong
/// line meanwhile.
struct OpenPages {
  /// Records that go into batches together.
  struct Group: Hashable, Sendable {
    let debtor: String
    let credits: Int64?
  }

  /// A page.
  struct Page: Sendable {
    let group: Group
    /// The debtor; nil for one that regions.csv has not, whose records are all left out.
    let buyer: Region?
    /// What may go into a batch.
    let records: [StoredBillingRecord]
    let leftOut: [ClosingReport.LeftOut]
    /// How many records it has.
    let count: Int
  }

  private let rules: BillingRules
  private let store: any BillingStore
  private let month: String
  private let issued: CalendarDay
  private let linesPerPage: Int
  private var groups: [Group]
  private var last: StoredBillingRecord?

  init(
    _ rules: BillingRules, _ store: any BillingStore, upTo month: String, debtor: String?,
    issued: CalendarDay,
    linesPerPage: Int
  ) throws(StoreError) {
    (self.rules, self.store, self.month, self.issued) = (rules, store, month, issued)
    self.linesPerPage = linesPerPage
    let meant = try store.openBilling().filter { $0.month <= month && (debtor == nil || $0.debtor == debtor) }
    groups = Set(meant.map { Group(debtor: $0.debtor, credits: $0.credits) }).sorted {
      ($0.debtor, $0.credits ?? .max) > ($1.debtor, $1.credits ?? .max)
    }
  }

  /// The next page; nil when there is none.
  mutating func next() throws(StoreError) -> Page? {
    while let group = groups.last {
      let records = try store.openRecords(
        debtor: group.debtor, credits: group.credits, upTo: month, after: last, limit: linesPerPage)
      last = records.last
      if !records.isEmpty { return page(group, records) }
      groups.removeLast()
    }
    return nil
  }

  private func page(_ group: Group, _ records: [StoredBillingRecord]) -> Page {
    let buyer = rules.regions[group.debtor]
    let checks = LineChecks(rules: rules, issued: issued, lines: RecordLines(records))
    var (kept, leftOut): ([StoredBillingRecord], [ClosingReport.LeftOut]) = ([], [])
    for (line, record) in records.enumerated() {
      if let finding = buyer == nil ? LineChecks.Finding.noRegion : checks.finding(record, line) {
        leftOut.append(.init(record: record.number, check: finding.name, reason: finding.reason))
      } else {
        kept.append(record)
      }
    }
    return Page(group: group, buyer: buyer, records: kept, leftOut: leftOut, count: records.count)
  }
}
