import Billing
import Diagnostics
import Foundation
import Gateway
import Mapping
import Store

extension Subcommand {
  static let billing = Subcommand(
    name: "billing",
    summary: "Closes, exports and explains out-of-county billing.",
    usage: "ACTION …",
    text: """
      Works on the store; one in SQLite must not be open in a gateway. Rules and prices lie in Mappings/billing.

        preview --month 2026-10 [--debtor 01]   what closing would do, and how it differs from what was billed before
        close   --month 2026-10 [--debtor 01] [--output DIR]  puts all open records into numbered batches, and writes
                                                their files
        list                                    all batches
        show BATCH                              one batch, and what happened to it
        export BATCH… --output DIR [--only KIND]  its files: claim, invoice, excel, csv, sie, summary
        reopen BATCH [--reason 2]               takes its lines back by a credit batch; they are open again
        work                                    what waits for a person
        record --from MAPPING FILE…             bills the visits of messages, as the gateway does
        explain RECORD                          how a record's amount came about, rule by rule
        reprice                                 prices all visits by the rules of now
        pay FILE                                notes payments of a BgMax file or a table
        status BATCH STATE [--reason TEXT]      notes that it was sent, accepted or rejected
        reconcile FILE                          compares with what the debtor says it received
      """,
    options: [
      Option("--month", "YYYY-MM", "the last month whose visits are closed"),
      Option("--debtor", "COUNTY", "one debtor region's county code"),
      Option("--issued", "DAY", "the day of issue (today in Sweden)"),
      Option("--output", "DIR", "where exports go"),
      Option("--only", "KIND", "one kind of export"),
      Option("--from", "MAPPING", "the mapping that reads the messages"),
      Option("--reason", "TEXT", "a credit's reason (R36), or why a batch was rejected"),
      mappings,
    ] + storeOptions,
    run: { arguments in
      guard let action = arguments.words.first else { throw UsageError(message: "an action is needed.") }
      let run = try BillingRun(arguments)
      guard let work = BillingRun.actions[action] else {
        let near = NearNames.of(action, among: BillingRun.actions.keys)
        throw UsageError(
          message: "there is no action `\(action)`" + (near.first.map { ", did you mean `\($0)`?" } ?? "."))
      }
      return try work(run)()
    })
}

/// One run of `sluss billing`.
struct BillingRun {
  let arguments: Arguments
  let library: MappingLibrary
  let rules: BillingRules
  let store: any WholeStore
  /// Milliseconds since 1970, UTC.
  let now = Int64(Date().timeIntervalSince1970 * 1000)

  /// What each word does.
  static let actions: [String: @Sendable (BillingRun) -> () throws -> Int32] = [
    "preview": { run in { try run.close(isPreview: true) } },
    "close": { run in { try run.close(isPreview: false) } },
    "list": { $0.list }, "show": { $0.show }, "export": { $0.export }, "reopen": { $0.reopen },
    "work": { $0.work }, "record": { $0.record }, "explain": { $0.explain }, "reprice": { $0.reprice },
    "pay": { $0.pay }, "status": { $0.status }, "reconcile": { $0.reconcile },
  ]

  init(_ arguments: Arguments) throws {
    self.arguments = arguments
    let folder = arguments["--mappings"] ?? "Mappings"
    library = try MappingFolder.load(folder)
    guard let rules = try BillingFolder.load(folder, library) else {
      throw UsageError(message: "\(folder)/billing has no rules.yaml.")
    }
    self.rules = rules
    store = try arguments.storeConfiguration().openStore()
  }

  /// The words behind the action.
  var words: ArraySlice<String> { arguments.words.dropFirst() }

  func word(_ what: String) throws -> String {
    guard let word = words.first else { throw UsageError(message: "\(what) is needed.") }
    return word
  }

  func batch() throws -> StoredBillingBatch {
    let word = try word("a batch's number")
    guard let number = Int64(word), let batch = try store.billingBatch(number) else {
      throw UsageError(message: "there is no batch `\(word)`.")
    }
    return batch
  }

  func bytes(_ file: String) throws -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: file) else {
      throw UsageError(message: "\(file) can't be read.")
    }
    return Array(data)
  }

  /// The day of issue: today in Sweden unless told otherwise.
  func issued() throws -> CalendarDay {
    let formatter = DateFormatter()
    formatter.timeZone = TimeZone(identifier: "Europe/Stockholm")
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.dateFormat = "yyyy-MM-dd"
    guard let today = CalendarDay(formatter.string(from: Date())),
      let day = arguments["--issued"].map({ CalendarDay($0) }) ?? today, day <= today
    else { throw UsageError(message: "`--issued` takes a day such as 2026-11-21, not in the future (ÖR2).") }
    return day
  }
}
