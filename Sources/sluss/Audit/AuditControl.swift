import Audit
import Foundation
import Store

/// `sluss audit control`: systematic control by rules from a file.
enum AuditControl {
  static func run(_ given: AuditArguments) async throws -> Int32 {
    let asking = try given.asking()
    let query = try given.query()
    let rules = try given.arguments["--rules"].map { file in
      try ControlRules(String(contentsOfFile: file, encoding: .utf8), file: file)
    }
    let store = try given.store()
    defer { store.close() }
    let month: Int64 = 30 * 86_400_000
    let until = query.until ?? AuditArguments.now
    let report = try await AuditLog(store, keys: given.folder.masterKeys()).control(
      since: query.since ?? until - month, until: until, rules: rules ?? ControlRules(), asking: asking)
    try given.show(text: report.csv, csv: report.csv, json: report.json, standard: "csv")
    return 0
  }
}
