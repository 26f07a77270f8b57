import Billing
import Foundation
import Gateway
import Mapping
import Store
import Synchronization

/// Billing in bulk: reading visits from the store, pricing the same rows, and closing and exporting a month.
struct BillingBench {
  private let folder: String
  private let visits: Int
  private let records: Int
  private let library: MappingLibrary
  private let rules: BillingRules

  static func run(in folder: String, visits: Int, records: Int) throws {
    let library = try MappingFolder.load("Mappings")
    guard let rules = try BillingFolder.load("Mappings", library) else { return }
    try BillingBench(folder: folder, visits: visits, records: records, library: library, rules: rules).run()
  }

  private func run() throws {
    let store = try SQLiteMessageStore(path: folder + "/billing.sqlite")
    defer { store.close() }
    try fill(store)
    let reading = try time { try read(store) { _ in } }
    Rate.report("billing.read", Double(visits) / reading)
    let pricer = Pricer(rules, library)
    let both = try time { try read(store) { _ = try pricer.price($0.record.content.facts) } }
    Rate.report("billing.price", Double(visits) / max(both - reading, 0.001))
    try close(store)
  }

  /// Visits of which `records` are Stockholm's and the others are nobody's.
  private func fill(_ store: SQLiteMessageStore) throws {
    let billing = VisitBilling(rules, library, store)
    for start in stride(from: 0, to: visits, by: 1000) {
      let changes = try (start..<min(start + 1000, visits)).compactMap {
        try billing.change(of: facts($0), now: 1)
      }
      let done = DispatchSemaphore(value: 0)
      let result = Mutex<Result<Void, StoreError>>(.failure(.closed))
      store.change(changes) { outcome in
        result.withLock { $0 = outcome }
        done.signal()
      }
      done.wait()
      try result.withLock { $0 }.get()
    }
  }

  private func facts(_ number: Int) -> [UInt8] {
    let county =
      number < records ? #""county":"01","municipality":"0180""# : #""county":"20","municipality":"2080""#
    let text = """
      {"visit":"visit-\(number)","changedAt":"2026-10-05T12:00:00+02:00","status":"finished","booking":"fulfilled",\
      "form":"video","planned":true,"begins":"2026-10-05T09:30:00+02:00","day":"2026-10-05",\
      "patient":{"number":"191212121212","system":"http://electronichealth.se/identifier/personnummer",\
      "birthDate":"1980-01-01","gender":"male",\(county),"isProtected":false},"profession":"LK",\
      "unit":{"id":"SE2321000180-TESTVE","name":"Min vård"},"fee":100.00,"isFeePaid":true,"hasFreeCard":false}
      """
    return Array(text.utf8)
  }

  private func read(_ store: SQLiteMessageStore, _ take: (BillingPosition) throws -> Void) throws {
    var last = ""
    while true {
      let page = try store.billingPositions(after: last, limit: 1000)
      guard let end = page.last else { return }
      for position in page { try take(position) }
      last = end.record.visit
    }
  }

  private func close(_ store: SQLiteMessageStore) throws {
    guard let issued = CalendarDay("2026-11-02") else { return }
    let exports = BatchExports(rules, library, store)
    let kinds = BatchExports.Kind.allCases
    let seconds = try time {
      _ = try BatchCloser(rules, library, store).close(
        month: "2026-10", issued: issued, now: 2,
        export: { batch, claim in
          guard let files = try exports.files(kinds, of: batch, claim: claim) else { return }
          for (kind, bytes) in zip(kinds, files) {
            try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(batch)\(kind.suffix)"))
          }
        })
    }
    Rate.report("billing.close", Double(records) / seconds)
    Rate.report("billing.month-seconds", seconds)
  }

  /// Seconds.
  private func time(_ work: () throws -> Void) rethrows -> Double {
    let start = ContinuousClock.now
    try work()
    return (ContinuousClock.now - start).inSeconds
  }
}
