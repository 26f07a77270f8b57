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
    let both = try time { try read(store) { _ = try pricer.price($0.facts) } }
    Rate.report("billing.price", Double(visits) / max(both - reading, 0.001))
    Rate.report("billing.read-and-price", Double(visits) / both)
    try close(store)
  }

  /// Visits of which `records` are Stockholm's, the others other regions' or nobody's.
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

  /// No two visits have a patient in common; days, ages, professions, forms and fees change from one to the next.
  private func facts(_ number: Int) -> [UInt8] {
    let (county, municipality) =
      number < records ? ("01", "0180") : [("12", "1280"), ("14", "1480"), ("20", "2080")][number % 3]
    let day = String(format: "2026-10-%02d", 1 + number % 28)
    let birth = String(
      format: "%04d-%02d-%02d", 1925 + number % 100, 1 + number / 100 % 12, 1 + number / 1200 % 28)
    let text = """
      {"visit":"visit-\(number)","changedAt":"\(day)T12:00:00+02:00","status":"finished","booking":"fulfilled",\
      "form":"\(number % 4 == 0 ? "chat" : "video")","planned":true,"begins":"\(day)T09:30:00+02:00","day":"\(day)",\
      "patient":{"number":"\(Self.personNumber(number))","system":"http://electronichealth.se/identifier/personnummer",\
      "birthDate":"\(birth)","gender":"male","county":"\(county)","municipality":"\(municipality)",\
      "isProtected":false},"profession":"\(["LK", "PS", "SJ", "LK"][number % 4])",\
      "unit":{"id":"SE2321000180-TESTVE","name":"Min vård"},"fee":\(number % 5 * 50).00,"isFeePaid":false,\
      "hasFreeCard":false}
      """
    return Array(text.utf8)
  }

  /// Twelve digits of which the last checks the others.
  private static func personNumber(_ number: Int) -> String {
    let digits = String(format: "%09d", number * 7919 % 1_000_000_000)
    return "19\(digits)\((0...9).first { NumberChecks.isLuhn("\(digits)\($0)") } ?? 0)"
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
    let before = Self.mostMemory()
    let seconds = try time {
      _ = try BatchCloser(rules, library, store).close(
        month: "2026-10", debtor: "01", issued: issued, now: 2,
        progress: { FileHandle.standardError.write(Data("\r\($0) records".utf8)) },
        export: { [folder] batch, claim in
          guard let files = try exports.files(kinds, of: batch, claim: claim) else { return }
          for (kind, bytes) in zip(kinds, files) {
            try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(batch)\(kind.suffix)"))
          }
        })
    }
    Rate.report("billing.close", Double(records) / seconds)
    Rate.report("billing.month-seconds", seconds)
    Rate.report("billing.month-megabytes", Double(Self.mostMemory() - before) / 1024)
  }

  /// The most memory that this process has had, in kibibytes.
  private static func mostMemory() -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
  }

  /// Seconds.
  private func time(_ work: () throws -> Void) rethrows -> Double {
    let start = ContinuousClock.now
    try work()
    return (ContinuousClock.now - start).inSeconds
  }
}
