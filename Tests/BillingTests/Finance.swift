import Billing
import Foundation
import Gateway
import Mapping
import Store
import TestRig

/// The repository's own rules, prices and mappings.
enum Finance {
  static let mappings = RepositoryFolder.path + "/Mappings"
  private static let loaded = Result {
    let library = try MappingFolder.load(mappings)
    guard let rules = try BillingFolder.load(mappings, library) else { throw NoRules() }
    return (library, rules)
  }

  struct NoRules: Error {}

  static func library() throws -> MappingLibrary { try loaded.get().0 }
  static func rules() throws -> BillingRules { try loaded.get().1 }
  static func pricer() throws -> Pricer { Pricer(try rules(), try library()) }

  /// The repository's rules with other texts in some files.
  static func rules(replacing texts: [String: String]) throws -> BillingRules {
    var files: [String: ConfigurationFile] = [:]
    let names = [
      "rules.yaml", "regions.csv", "municipalities.csv", "occupations.csv", "exports.yaml",
      "prices/national-digital.csv",
    ]
    for name in names {
      let own = String(decoding: try RepositoryFolder.bytes("Mappings/billing/\(name)"), as: UTF8.self)
      files[name] = ConfigurationFile(path: "billing/\(name)", name: name, text: texts[name] ?? own)
    }
    return try BillingRules(files, try library().formulas)
  }
}

/// What is known of a visit, made for tests: a doctor's video visit of a patient from Stockholm.
struct Facts {
  var visit = "v1"
  var changedAt = "2026-10-05T12:00:00+02:00"
  var status = "finished"
  var booking = ""
  var form = "video"
  var begins = "2026-10-05T09:30:00+02:00"
  var number = "191212121212"
  var birthDate = "1980-01-01"
  var county = "01"
  var municipality = "0180"
  var isProtected = false
  var profession = "LK"
  var unit = "SE2321000180-TESTVE"
  var fee = "100.00"
  var isFeePaid = true
  var exemption = ""
  var hasFreeCard = false
  var register = ""
  /// Further members of the patient.
  var patient = ""

  var bytes: [UInt8] {
    let day = begins.count >= 10 ? #","begins":"\#(begins)","day":"\#(begins.prefix(10))""# : ""
    let place = county.isEmpty ? "" : #","county":"\#(county)","municipality":"\#(municipality)""#
    let text = """
      {"visit":"\(visit)","changedAt":"\(changedAt)","status":"\(status)"\(member("booking", booking))\
      \(member("form", form)),"planned":true\(day),"patient":{"number":"\(number)",\
      "system":"http://electronichealth.se/identifier/personnummer","birthDate":"\(birthDate)",\
      "gender":"male"\(place),"isProtected":\(isProtected)\(patient)}\(member("profession", profession)),\
      "unit":{"id":"\(unit)","name":"Min vård"},"fee":\(fee),"isFeePaid":\(isFeePaid)\
      \(member("exemption", exemption)),"hasFreeCard":\(hasFreeCard)\(register)}
      """
    return Array(text.utf8)
  }

  private func member(_ name: String, _ value: String) -> String {
    value.isEmpty ? "" : ",\"\(name)\":\"\(value)\""
  }
}

/// A store in a folder of its own.
final class Ledger {
  let folder: TemporaryFolder
  let store: SQLiteMessageStore

  init() throws {
    folder = try TemporaryFolder()
    store = try SQLiteMessageStore(path: folder.path + "/sluss.sqlite")
  }

  /// Bills a visit's news; gives what changed.
  @discardableResult
  func bill(_ facts: Facts, by rules: BillingRules, now: Int64 = 1) async throws -> BillingChange? {
    let billing = VisitBilling(rules, try Finance.library(), store)
    guard let change = try billing.change(of: facts.bytes, now: now) else { return nil }
    try await self.change([change]).get()
    return change
  }

  func change(_ changes: [BillingChange]) async -> Result<Void, StoreError> {
    await withCheckedContinuation { waiter in
      store.change(changes) { waiter.resume(returning: $0) }
    }
  }

  func close(_ batch: NewBillingBatch) async -> Result<Void, StoreError> {
    await withCheckedContinuation { waiter in
      store.close(batch) { waiter.resume(returning: $0) }
    }
  }

  /// Closes a month on a day.
  @discardableResult
  func close(
    _ month: String = "2026-10", on day: String = "2026-11-02", by rules: BillingRules, lines: Int = 1800,
    bytes: Int = 5_000_000, isPreview: Bool = false
  ) throws -> ClosingReport {
    guard let issued = CalendarDay(day) else { throw Finance.NoRules() }
    return try BatchCloser(rules, try Finance.library(), store, linesPerClaim: lines, mostBytes: bytes)
      .close(month: month, issued: issued, now: 2, isPreview: isPreview)
  }

  /// The sum that each visit was billed, debits less credits, batched or open and not withdrawn.
  func net(_ visit: String) throws -> Money {
    let position = try store.billingPosition(ofVisit: visit)
    return try store.billingRecords(ofVisit: visit).reduce(.zero) { sum, record in
      let amount = Money(öre: record.content.amount)
      switch record.content.kind {
      case .credit: return sum - amount
      case .debit where record.batch != nil || record.number == position?.record.number: return sum + amount
      default: return sum
      }
    }
  }
}
