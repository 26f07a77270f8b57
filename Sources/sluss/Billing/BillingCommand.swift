import Billing
import Diagnostics
import Foundation
import Gateway

extension Subcommand {
  static let billing = Subcommand(
    name: "billing",
    summary: "Closes, exports, sends and explains out-of-county billing.",
    usage: "ACTION …",
    text: """
      Talks to the running gateway; works on the store itself with --data or --config, or when
      no gateway answers; one in SQLite must not be open in a gateway. Rules and prices lie
      in Mappings/billing.

        preview --month 2026-10 [--debtor 01]   what closing would do, and how it differs from what was billed before
        close   --month 2026-10 [--debtor 01] [--output DIR] [--send]  puts all open records into numbered batches,
                                                writes their files, has them sent
        open                                    what is not billed yet
        list                                    all batches
        show BATCH                              one batch, and what happened to it
        export BATCH… --output DIR [--only KIND]  its files: claim, invoice, excel, csv, sie, summary
        send BATCH…                             has the gateway send its claim, and its invoice once that is accepted
        reopen BATCH [--reason 2]               takes its lines back by a credit batch; they are open again
        work                                    what waits for a person
        record --from MAPPING FILE…             bills the visits of messages, as the gateway does; on the store only
        explain RECORD                          how a record's amount came about, rule by rule
        reprice                                 prices all visits by the rules of now
        pay FILE                                notes payments of a BgMax file or a table
        status BATCH STATE [--reason TEXT]      notes that it was sent, accepted or rejected
        reconcile FILE                          compares with what the debtor says it received
      """,
    options: gatewayOptions + storeOptions + [
      Option("--month", "YYYY-MM", "the last month whose visits are closed"),
      Option("--debtor", "COUNTY", "one debtor region's county code"),
      Option("--issued", "DAY", "the day of issue (today in Sweden)"),
      Option("--output", "DIR", "where exports go"),
      Option("--only", "KIND", "one kind of export"),
      Option("--send", "have the gateway send what was closed"),
      Option("--from", "MAPPING", "the mapping that reads the messages"),
      Option("--reason", "TEXT", "a credit's reason (R36), or why a batch was rejected"),
      Option("--as", "HSA-ID", "who asks, for the audit log; on the store only"),
      Option("--json", "the answer for machines"),
      mappings,
    ],
    run: { arguments in
      guard let word = arguments.words.first else { throw UsageError(message: "an action is needed.") }
      let run = BillingRun(arguments: arguments)
      switch (word, BillingWish.Action(rawValue: word)) {
      case ("export", _): return try run.export()
      case ("record", _): return try run.record()
      case (_, .close?): return try run.close()
      case (_, let action?): return try run.ask(action)
      case (_, nil):
        let near = NearNames.of(
          word, among: BillingWish.Action.allCases.map(\.rawValue) + ["export", "record"])
        throw UsageError(
          message: "there is no action `\(word)`" + (near.first.map { ", did you mean `\($0)`?" } ?? "."))
      }
    })
}

/// One run of `sluss billing`.
struct BillingRun {
  let arguments: Arguments

  /// Milliseconds since 1970, UTC.
  static var now: Int64 { Int64(Date().timeIntervalSince1970 * 1000) }

  /// Where it is done: the store when that is named or no gateway answers.
  func place() throws -> any BillingPlace {
    guard arguments["--data"] == nil, arguments["--config"] == nil else { return try StoreBilling(arguments) }
    let gateway = try arguments.gateway()
    do {
      _ = try gateway.send("GET", "/health")
      return GatewayBilling(gateway: gateway)
    } catch {
      let isNamed = arguments["--at"] != nil || ProcessInfo.processInfo.environment["SLUSS_URL"] != nil
      if isNamed { throw error }
      return try StoreBilling(arguments)
    }
  }

  func ask(_ action: BillingWish.Action) throws -> Int32 {
    try show(try place().answer(to: try wish(action)))
  }

  /// The wish that the command's words and options are.
  func wish(_ action: BillingWish.Action) throws -> BillingWish {
    let words = Array(arguments.words.dropFirst())
    let takesFile = [.pay, .reconcile].contains(action)
    if takesFile, words.isEmpty { throw UsageError(message: "a file is needed.") }
    return BillingWish(
      action, words: takesFile ? [] : words, options: options,
      file: takesFile ? try Input.read(words[0]) : [])
  }

  var options: [String: String] {
    var options: [String: String] = [:]
    for name in ["month", "debtor", "issued", "reason"] { options[name] = arguments["--\(name)"] }
    return options
  }

  func show(_ answer: BillingReply) throws -> Int32 {
    if arguments.has("--json") {
      Console.put(answer.json + [UInt8(ascii: "\n")])
    } else {
      for line in answer.lines { print(line) }
    }
    return answer.isClean ? 0 : 1
  }
}
