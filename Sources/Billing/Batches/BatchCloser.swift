import Cryptography
import Diagnostics
public import Mapping
public import Store

/// Closes a month: puts open records into numbered batches, one claim and one invoice each.
///
/// Each batch is one commit; what is stopped halfway has closed some batches whole and the others not at all.
public struct BatchCloser {
  private let rules: BillingRules
  private let store: any BillingStore
  private let library: MappingLibrary
  /// So that a claim stays below 5 MB.
  private let linesPerClaim: Int
  private let mostBytes: Int

  /// Closes by rules that were read with this library.
  /// - Parameters:
  ///   - linesPerClaim: the most lines of a claim (TKB: about 1 800).
  ///   - mostBytes: the most bytes of a claim.
  public init(
    _ rules: BillingRules, _ library: MappingLibrary, _ store: any BillingStore, linesPerClaim: Int = 1800,
    mostBytes: Int = 5_000_000
  ) {
    self.rules = rules
    self.library = library
    self.store = store
    self.linesPerClaim = linesPerClaim
    self.mostBytes = mostBytes
  }

  /// Closes all that is open for visits up to the end of a month.
  /// - Parameters:
  ///   - month: `2026-10`; later visits of earlier months go along.
  ///   - debtor: a county code; nil for all.
  ///   - issued: the day of issue, in Sweden.
  ///   - now: milliseconds since 1970, UTC.
  ///   - isPreview: nothing is stored; the batches have the numbers that they would get.
  ///   - progress: hears how many records are done.
  ///   - export: gets each batch's number and claim once it is closed, so that none has to be made twice.
  /// - Throws: a `DiagnosticError` with the contract's rules that a claim breaks, before that batch is closed; or a
  ///   ``StoreError``.
  public func close(
    month: String, debtor: String? = nil, issued: CalendarDay, now: Int64, isPreview: Bool = false,
    progress: (Int) -> Void = { _ in }, export: (Int64, [UInt8]) throws -> Void = { _, _ in }
  ) throws -> ClosingReport {
    var run = Run(month: month, issued: issued, now: now, isPreview: isPreview)
    run.next = (try store.billingBatches().last?.number ?? 0) + 1
    for group in groups(try store.openBilling(), month, debtor) {
      try close(group, &run, progress, export)
    }
    return run.report
  }

  private typealias Export = (Int64, [UInt8]) throws -> Void

  private struct Group: Hashable {
    let debtor: String
    let credits: Int64?
  }

  private struct Run {
    let month: String
    let issued: CalendarDay
    let now: Int64
    let isPreview: Bool
    var next: Int64 = 1
    var done = 0
    var report = ClosingReport()

    init(month: String, issued: CalendarDay, now: Int64, isPreview: Bool) {
      self.month = month
      self.issued = issued
      self.now = now
      self.isPreview = isPreview
    }
  }

  /// Credits first, so that nobody pays a wrong line meanwhile.
  private func groups(_ open: [OpenBilling], _ month: String, _ debtor: String?) -> [Group] {
    let meant = open.filter { $0.month <= month && (debtor == nil || $0.debtor == debtor) }
    return Set(meant.map { Group(debtor: $0.debtor, credits: $0.credits) }).sorted {
      ($0.debtor, $0.credits ?? .max) < ($1.debtor, $1.credits ?? .max)
    }
  }

  private func close(
    _ group: Group, _ run: inout Run, _ progress: (Int) -> Void, _ export: Export
  ) throws {
    let buyer = rules.regions[group.debtor]
    let checks = LineChecks(rules: rules, issued: run.issued)
    var last: StoredBillingRecord?
    while true {
      let page = try store.openRecords(
        debtor: group.debtor, credits: group.credits, upTo: run.month, after: last, limit: linesPerClaim)
      guard let end = page.last else { return }
      var kept: [StoredBillingRecord] = []
      for record in page {
        if let finding = buyer == nil ? .noRegion : checks.finding(record) {
          run.report.leftOut.append(.init(record: record.number, check: finding.name, reason: finding.reason))
        } else {
          kept.append(record)
        }
      }
      if let buyer, !kept.isEmpty { try close(kept, group, buyer, &run, export) }
      last = end
      run.done += page.count
      progress(run.done)
    }
  }

  /// One batch, or two when the claim is too large.
  private func close(
    _ records: [StoredBillingRecord], _ group: Group, _ buyer: Region, _ run: inout Run, _ export: Export
  ) throws {
    let document = try document(records, group, buyer, run)
    let bytes = document.bytes
    let claim = try ClaimExport(library, checking: rules).xml(bytes, document.claim, today: run.issued)
    if claim.count > mostBytes, records.count > 1 {
      let middle = records.count / 2
      try close(Array(records[..<middle]), group, buyer, &run, export)
      return try close(Array(records[middle...]), group, buyer, &run, export)
    }
    let digest = SHA256.digest(of: bytes).hexadecimal
    if !run.isPreview {
      try store.closeAndWait(
        NewBillingBatch(
          number: document.number, claim: document.claim, debtor: group.debtor, month: run.month,
          credits: group.credits, records: records.map(\.number), amount: document.total.öre, digest: digest,
          issued: run.issued.description, made: run.now, terms: try document.terms.bytes()))
    }
    run.report.batches.append(
      .init(
        number: document.number, claim: document.claim, debtor: group.debtor, credits: group.credits,
        lines: records.count, total: document.total, digest: digest))
    run.next += 1
    if !run.isPreview { try export(document.number, claim) }
  }

  private func document(
    _ records: [StoredBillingRecord], _ group: Group, _ buyer: Region, _ run: Run
  ) throws -> BatchDocument {
    let credited = try group.credits.flatMap { try store.billingBatch($0) }
    return BatchDocument(
      claim: BatchDocument.claimID(rules.seller.region, run.issued, run.next), number: run.next,
      issued: run.issued, terms: BatchTerms(rules, buyer: buyer), credited: credited, records: records,
      creditedLines: try BatchReader.creditedLines(records, store))
  }
}
