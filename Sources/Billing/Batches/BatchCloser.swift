import Cryptography
import Diagnostics
public import Mapping
public import Store

/// Closes a month: puts open records into numbered batches, one claim and one invoice each.
///
/// Each batch is one commit; what is stopped halfway has closed some batches whole and the others not at all.
public struct BatchCloser: Sendable {
  private let rules: BillingRules
  private let store: any BillingStore
  private let library: MappingLibrary
  /// So that a claim stays below 5 MB.
  private let linesPerClaim: Int
  private let mostBytes: Int

  /// Closes by rules that were read with this library.
  /// - Parameters:
  ///   - linesPerClaim: the most lines of a claim; the 1 800 of the TKB are a little more than 5 MB of ours, and
  ///     would be split.
  ///   - mostBytes: the most bytes of a claim.
  public init(
    _ rules: BillingRules, _ library: MappingLibrary, _ store: any BillingStore, linesPerClaim: Int = 1700,
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
  ///   - export: gets each batch's number and claim once it is closed, so that none has to be made twice; on several
  ///     threads at once.
  /// - Throws: a `DiagnosticError` with the contract's rules that a claim breaks, before that batch is closed; or a
  ///   ``StoreError``.
  public func close(
    month: String, debtor: String? = nil, issued: CalendarDay, now: Int64, isPreview: Bool = false,
    progress: @escaping @Sendable (Int) -> Void = { _ in },
    export: @escaping @Sendable (Int64, [UInt8]) throws -> Void = { _, _ in }
  ) throws -> ClosingReport {
    let pages = try OpenPages(
      rules, store, upTo: month, debtor: debtor, issued: issued, linesPerPage: linesPerClaim)
    let first = (try store.billingBatches().last?.number ?? 0) + 1
    let terms = Terms(month: month, issued: issued, now: now, isPreview: isPreview)
    let run = ClosingRun(pages, firstNumber: first)
    return try run.closeAll { task in
      let closed = try close(task, terms, in: run, progress)
      if !isPreview { for batch in closed { try export(batch.number, batch.claim) } }
    }
  }

  /// What is the same for all batches of a closing.
  private struct Terms {
    let month: String
    let issued: CalendarDay
    let now: Int64
    let isPreview: Bool
  }

  /// A batch's document and the claim made of it.
  private struct Draft {
    let document: BatchDocument
    let bytes: [UInt8]
    let claim: [UInt8]
  }

  private typealias Closed = (number: Int64, claim: [UInt8])

  private func close(
    _ task: ClosingRun.Task, _ terms: Terms, in run: ClosingRun, _ progress: (Int) -> Void
  ) throws -> [Closed] {
    let page = task.page
    // A page that can't be written is told in its turn, when those before it are closed.
    let draft = Result { try self.draft(page.records, page, terms, task.number) }
    var closed: [Closed] = []
    try run.inTurn(task) { book in
      book.report.leftOut += page.leftOut
      if let draft = try draft.get() { try commit(draft, page, terms, &book, &closed) }
      book.done += page.count
      progress(book.done)
    }
    return closed
  }

  /// Nil for a page that is left out whole.
  private func draft(
    _ records: [StoredBillingRecord], _ page: OpenPages.Page, _ terms: Terms, _ number: Int64
  ) throws -> Draft? {
    guard let buyer = page.buyer, !records.isEmpty else { return nil }
    let document = BatchDocument(
      claim: BatchDocument.claimID(rules.seller.region, terms.issued, number), number: number,
      issued: terms.issued, terms: BatchTerms(rules, buyer: buyer),
      credited: try page.group.credits.flatMap { try store.billingBatch($0) }, records: records,
      creditedLines: try BatchReader.creditedLines(records, store))
    let bytes = document.bytes
    let claim = try ClaimExport(library, checking: rules).xml(bytes, document.claim, today: terms.issued)
    return Draft(document: document, bytes: bytes, claim: claim)
  }

  /// One batch, or two when the claim is too large.
  private func commit(
    _ draft: Draft, _ page: OpenPages.Page, _ terms: Terms, _ book: inout ClosingRun.Book,
    _ closed: inout [Closed]
  ) throws {
    let records = draft.document.records
    if draft.claim.count > mostBytes, records.count > 1 {
      let middle = records.count / 2
      for half in [records[..<middle], records[middle...]] {
        guard let draft = try self.draft(Array(half), page, terms, book.number) else { continue }
        try commit(draft, page, terms, &book, &closed)
      }
      return
    }
    // A batch before it was split.
    guard draft.document.number == book.number else {
      guard let draft = try self.draft(records, page, terms, book.number) else { return }
      return try commit(draft, page, terms, &book, &closed)
    }
    try store(draft, page.group, terms, &book)
    closed.append((draft.document.number, draft.claim))
  }

  private func store(
    _ draft: Draft, _ group: OpenPages.Group, _ terms: Terms, _ book: inout ClosingRun.Book
  ) throws {
    let (document, digest) = (draft.document, SHA256.digest(of: draft.bytes).hexadecimal)
    if !terms.isPreview {
      try store.closeAndWait(
        NewBillingBatch(
          number: document.number, claim: document.claim, debtor: group.debtor, month: terms.month,
          credits: group.credits, records: document.records.map(\.number), amount: document.total.öre,
          digest: digest, issued: terms.issued.description, made: terms.now,
          terms: try document.terms.bytes()))
    }
    book.report.batches.append(
      .init(
        number: document.number, claim: document.claim, debtor: group.debtor, credits: group.credits,
        lines: document.records.count, total: document.total, digest: digest))
    book.number += 1
  }
}
