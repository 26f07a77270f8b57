import Billing
import Dispatch
import Foundation
import Gateway
import Mapping
import Store
import Synchronization

// Records: making and explaining them, and what finance does with them.
extension BillingRun {
  func work() throws -> Int32 {
    var last: Int64 = 0
    while true {
      let page = try store.waitingRecords(after: last, limit: 1000)
      guard let end = page.last else { return 0 }
      for record in page {
        let text = Pricing.Question(rawValue: record.content.reason)?.text ?? record.content.reason
        print("record \(record.number)  visit \(record.visit)  \(record.content.month)  \(text)")
      }
      last = end.number
    }
  }

  func record() throws -> Int32 {
    let source = try library.mapping(try arguments.required("--from"))
    let target = try library.mapping("billing/visit")
    let translator = Translator(library)
    let billing = VisitBilling(rules, library, store)
    let time = ISO8601DateFormatter().string(from: Date())
    for file in words {
      try translator.read(
        try bytes(file), as: source, named: file, receipt: Receipt(received: time, id: UUID().uuidString))
      let change = try billing.change(of: try translator.write(as: target), now: now)
      if let change { try store(change) }
      print("\(file): \(change.map { "visit \($0.visit)" } ?? "nothing changes")")
    }
    return 0
  }

  private func store(_ change: BillingChange) throws {
    let done = DispatchSemaphore(value: 0)
    let result = Mutex<Result<Void, StoreError>>(.failure(.closed))
    store.change([change]) { outcome in
      result.withLock { $0 = outcome }
      done.signal()
    }
    done.wait()
    try result.withLock { $0 }.get()
  }

  func explain() throws -> Int32 {
    let word = try word("a record's number")
    guard let number = Int64(word), let record = try store.billingRecord(number) else {
      throw UsageError(message: "there is no record `\(word)`.")
    }
    let content = record.content
    print("record \(number), visit \(record.visit): \(content.kind), \(Money(öre: content.amount)) kr")
    if !content.reason.isEmpty { print("reason: \(content.reason)") }
    if let credits = record.credits { print("credits record \(credits)") }
    if let batch = record.batch { print("in batch \(batch), line \(record.line ?? 0)") }
    if content.rules != rules.version {
      print("decided by rules \(content.rules.prefix(16)); those of now (\(rules.version.prefix(16))) say:")
    }
    for step in try Pricer(rules, library).price(content.facts).steps {
      print("  \(step.rule)  \(step.result)")
    }
    return 0
  }

  func reprice() throws -> Int32 {
    let changed = try VisitBilling(rules, library, store).priceAnew(now: now) {
      FileHandle.standardError.write(Data("\r\($0) visits".utf8))
    }
    FileHandle.standardError.write(Data("\n".utf8))
    print("\(changed) visits changed")
    return 0
  }

  func pay() throws -> Int32 {
    guard let payments = PaymentFile.read(try bytes(try word("a file"))) else {
      throw UsageError(message: "the file is neither BgMax nor a table with reference, amount and key.")
    }
    let report = try PaymentImport.note(payments, series: rules.series, now: now, in: store)
    print("\(report.noted) payments noted, \(report.repeated) known already")
    for reference in report.unknown { print("no batch has the reference \(reference)") }
    return report.unknown.isEmpty ? 0 : 1
  }

  func status() throws -> Int32 {
    let batch = try batch()
    let states = ["sent", "accepted", "rejected"]
    guard let state = words.dropFirst().first, states.contains(state) else {
      throw UsageError(message: "a state is needed: \(states.joined(separator: ", ")).")
    }
    try PaymentImport.note(
      state, of: batch.number, because: arguments["--reason"] ?? "", now: now, in: store)
    return 0
  }

  func reconcile() throws -> Int32 {
    guard let differences = try Reconciliation.compare(try bytes(try word("a file")), with: store) else {
      throw UsageError(message: "the file is no table.")
    }
    for difference in differences { print(difference.text) }
    print(differences.isEmpty ? "no differences" : "\(differences.count) differences")
    return differences.isEmpty ? 0 : 1
  }
}

extension Reconciliation.Difference {
  fileprivate var text: String {
    switch self {
    case .missing(let claim, let line): "\(claim) line \(line): they lack it"
    case .unknown(let claim, let line): "\(claim) line \(line): we never billed it"
    case .amount(let claim, let line, let ours, let theirs):
      "\(claim) line \(line): we billed \(ours) kr, they have \(theirs) kr"
    case .rejected(let claim, let line, let reason): "\(claim) line \(line): they refuse it: \(reason)"
    case .twice(let claim, let line): "\(claim) line \(line): they have it twice"
    case .unreadable(let row): "row \(row) can't be read"
    }
  }
}
