import Billing
import Foundation
import Store

// Batches: closing, looking at them, exporting and taking back.
extension BillingRun {
  func close(isPreview: Bool) throws -> Int32 {
    let month = try arguments.required("--month")
    guard CalendarDay(month + "-01") != nil else {
      throw UsageError(message: "`--month` takes a month such as 2026-10.")
    }
    let kinds = try kinds()
    let report = try BatchCloser(rules, library, store).close(
      month: month, debtor: arguments["--debtor"], issued: try issued(), now: now, isPreview: isPreview,
      progress: { FileHandle.standardError.write(Data("\r\($0) records".utf8)) },
      export: { number, claim in
        if arguments["--output"] != nil { _ = try write(kinds, of: number, claim: claim) }
      })
    FileHandle.standardError.write(Data("\n".utf8))
    for batch in report.batches { print(Self.line(batch)) }
    for record in report.leftOut {
      print("left out: record \(record.record), \(record.check): \(record.reason)")
    }
    if isPreview { try printDifferences(month, report) }
    return report.leftOut.isEmpty ? 0 : 1
  }

  private static func line(_ batch: ClosingReport.Batch) -> String {
    let kind = batch.credits.map { "credits batch \($0)" } ?? "debits"
    return
      "batch \(batch.number)  \(batch.claim)  debtor \(batch.debtor)  \(kind)  \(batch.lines) lines  \(batch.total) kr  \(batch.digest.prefix(16))"
  }

  /// What would be billed, beside what each debtor was billed for the month before.
  private func printDifferences(_ month: String, _ report: ClosingReport) throws {
    let before = CalendarDay(month + "-01").map { $0.adding(months: -1).monthText } ?? ""
    let billed = try store.billedMonths().filter { $0.month == before }
    for debtor in Set(report.batches.map(\.debtor) + billed.map(\.debtor)).sorted() {
      let now = report.batches.filter { $0.debtor == debtor }.reduce(Money.zero) {
        $1.credits == nil ? $0 + $1.total : $0 - $1.total
      }
      let then = billed.filter { $0.debtor == debtor }.reduce(Money.zero) { $0 + Money(öre: $1.amount) }
      print("debtor \(debtor): \(now) kr, visits of \(before): \(then) kr, difference \(now - then) kr")
    }
  }

  func list() throws -> Int32 {
    for batch in try store.billingBatches() { print(Self.line(batch)) }
    return 0
  }

  private static func line(_ batch: StoredBillingBatch) -> String {
    let kind = batch.credits.map { "credits \($0)" } ?? "debits"
    return
      "\(batch.number)  \(batch.claim)  \(batch.month)  debtor \(batch.debtor)  \(kind)  \(batch.lines) lines  \(Money(öre: batch.amount)) kr  \(batch.state)"
  }

  func show() throws -> Int32 {
    let batch = try batch()
    print(Self.line(batch))
    print("issued \(batch.issued), paid \(Money(öre: batch.paid)) kr, control sum \(batch.digest)")
    for event in try store.billingEvents(ofBatch: batch.number) {
      print("\(event.state)  \(event.detail)" + (event.amount == 0 ? "" : "  \(Money(öre: event.amount)) kr"))
    }
    return 0
  }

  func export() throws -> Int32 {
    let kinds = try kinds()
    for word in words {
      guard let number = Int64(word), let paths = try write(kinds, of: number, claim: nil) else {
        throw UsageError(message: "there is no batch `\(word)`.")
      }
      for path in paths { print(path) }
    }
    return 0
  }

  /// The files that were written; nil when there is no such batch.
  private func write(
    _ kinds: [BatchExports.Kind], of number: Int64, claim: [UInt8]?
  ) throws -> [String]? {
    let folder = try arguments.required("--output")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    guard let batch = try store.billingBatch(number),
      let files = try BatchExports(rules, library, store).files(kinds, of: number, claim: claim)
    else { return nil }
    return try zip(kinds, files).map { kind, bytes in
      let path = "\(folder)/\(batch.claim)\(kind.suffix)"
      try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
      return path
    }
  }

  private func kinds() throws -> [BatchExports.Kind] {
    guard let only = arguments["--only"] else { return BatchExports.Kind.allCases }
    guard let kind = BatchExports.Kind(rawValue: only) else {
      let kinds = BatchExports.Kind.allCases.map(\.rawValue).joined(separator: ", ")
      throw UsageError(message: "`--only` takes one of \(kinds).")
    }
    return [kind]
  }

  func reopen() throws -> Int32 {
    let batch = try batch()
    guard let reason = CreditReason(rawValue: arguments["--reason"] ?? CreditReason.wrongPrice.rawValue)
    else {
      throw UsageError(message: "`--reason` takes one of the contract's reasons (R36).")
    }
    let taken = try BatchReopener.reopen(batch.number, reason: reason, now: now, in: store)
    print(
      "\(taken) lines of batch \(batch.number) are credited and open again; `close` makes the credit batch")
    return 0
  }
}
