import Audit
import Billing
import Foundation
import Gateway
import Mapping
import Store

/// Where finance's wishes are done.
protocol BillingPlace: Sendable {
  func answer(to wish: BillingWish) throws -> BillingReply

  /// Closes; `export` hears of each batch once it is closed, with its claim when that was made already, perhaps on
  /// several threads at once.
  func close(
    _ wish: BillingWish, export: @escaping @Sendable (Int64, [UInt8]?) throws -> Void
  ) throws -> BillingReply

  /// A batch's file.
  func file(_ kind: BatchExports.Kind, of batch: Int64, claim: [UInt8]?) throws -> [UInt8]
}

/// What was answered.
struct BillingReply {
  var lines: [String] = []
  var json: [UInt8] = []
  var isClean = true
  var closed: [Int64] = []
}

/// The running gateway.
struct GatewayBilling: BillingPlace {
  let gateway: GatewayClient

  private struct Told: Decodable {
    struct Batch: Decodable {
      let number: Int64
    }

    struct Group: Decodable {
      let debtor, month: String
    }

    let lines: [String]
    let clean: Bool
    let batches: [Batch]?
    let open: [Group]?
  }

  private func ask(_ wish: BillingWish) throws -> (Told, [UInt8]) {
    let path = (["/billing", wish.action.rawValue] + wish.words).joined(separator: "/")
    let query = wish.options.sorted { $0.key < $1.key }.map { (name: $0.key, value: String?.some($0.value)) }
    let answer = try gateway.send(
      wish.action.changes ? "POST" : "GET", path, query, body: Data(wish.file),
      contentType: wish.file.isEmpty ? nil : "application/octet-stream")
    return (try answer.read(Told.self), Array(answer.body))
  }

  func answer(to wish: BillingWish) throws -> BillingReply {
    let (told, json) = try ask(wish)
    return BillingReply(lines: told.lines, json: json, isClean: told.clean)
  }

  /// One debtor after another, so that it can be told how far it is.
  func close(
    _ wish: BillingWish, export: @escaping @Sendable (Int64, [UInt8]?) throws -> Void
  ) throws -> BillingReply {
    let month = wish.options["month"] ?? ""
    let open = try ask(BillingWish(.open)).0.open ?? []
    let all = Set(open.filter { $0.month <= month }.map(\.debtor)).sorted()
    let debtors = wish.options["debtor"].map { [$0] } ?? (all.isEmpty ? [""] : all)
    var reply = BillingReply()
    for (index, debtor) in debtors.enumerated() {
      var options = wish.options
      options["debtor"] = debtor.isEmpty ? nil : debtor
      let (told, json) = try ask(BillingWish(.close, options: options))
      let closed = told.batches?.map(\.number) ?? []
      reply.lines += told.lines
      reply.json += (reply.json.isEmpty ? [] : [UInt8(ascii: "\n")]) + json
      reply.isClean = reply.isClean && told.clean
      reply.closed += closed
      for batch in closed { try export(batch, nil) }
      Progress.show("\(index + 1) of \(debtors.count) debtors")
    }
    Progress.end()
    return reply
  }

  func file(_ kind: BatchExports.Kind, of batch: Int64, claim: [UInt8]?) throws -> [UInt8] {
    Array(try gateway.send("GET", "/billing/export/\(batch)/\(kind.rawValue)").succeeded())
  }
}

/// A store that no gateway has open.
struct StoreBilling: BillingPlace {
  let library: MappingLibrary
  let rules: BillingRules
  let store: any WholeStore
  let pseudonym: @Sendable (String) -> String
  let log: BillingLog

  init(_ arguments: Arguments) throws {
    let folder = arguments["--mappings"] ?? "Mappings"
    library = try MappingFolder.load(folder)
    guard let rules = try BillingFolder.load(folder, library) else {
      throw UsageError(message: "\(folder)/billing has no rules.yaml.")
    }
    self.rules = rules
    let configuration = try arguments.storeConfiguration()
    store = try configuration.openStore()
    pseudonym = try PatientCodes.of(dataFolder: configuration.dataFolder)
    log = try BillingLog(configuration, store, person: arguments["--as"])
  }

  private var desk: BillingDesk { BillingDesk(rules, library, store, now: BillingRun.now) }

  func answer(to wish: BillingWish) throws -> BillingReply {
    if wish.action.changes { try log.note(.intervene, wish.text) }
    let answer = try desk.answer(to: wish, progress: { Progress.show("\($0) visits") })
    if !answer.patients.isEmpty { try log.note(.read, wish.text, answer.patients) }
    if wish.action == .reprice { Progress.end() }
    return BillingReply(lines: answer.lines, json: answer.json, isClean: answer.isClean)
  }

  func close(
    _ wish: BillingWish, export: @escaping @Sendable (Int64, [UInt8]?) throws -> Void
  ) throws -> BillingReply {
    try log.note(.intervene, wish.text)
    let answer = try desk.answer(
      to: wish, progress: { Progress.show("\($0) records") }, export: { try export($0, $1) })
    Progress.end()
    return BillingReply(
      lines: answer.lines, json: answer.json, isClean: answer.isClean, closed: answer.closed)
  }

  func file(_ kind: BatchExports.Kind, of batch: Int64, claim: [UInt8]?) throws -> [UInt8] {
    let exports = BatchExports(rules, library, store)
    let files = try exports.files([kind], of: batch, claim: claim)
    guard let file = files?.first else { throw UsageError(message: "there is no batch `\(batch)`.") }
    let patients = log.isKept && kind.namesPatients ? try exports.patients(of: batch) : []
    try log.note(.export, "export \(batch) \(kind.rawValue)", patients)
    return file
  }
}

extension BillingWish {
  /// For the audit log; words name batches and records, never patients.
  fileprivate var text: String { ([action.rawValue] + words).joined(separator: " ") }
}

/// A line on standard error that tells how far something is.
enum Progress {
  static func show(_ text: String) { FileHandle.standardError.write(Data("\r\(text)".utf8)) }
  static func end() { FileHandle.standardError.write(Data("\n".utf8)) }
}
