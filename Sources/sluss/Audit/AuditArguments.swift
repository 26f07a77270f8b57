import Audit
import Foundation
import Gateway
import Store

/// What the actions of `sluss audit` have in common.
struct AuditArguments: Sendable {
  let arguments: Arguments

  init(_ arguments: Arguments) {
    self.arguments = arguments
  }

  /// The words behind the action.
  var words: [String] { Array(arguments.words.dropFirst()) }

  var folder: AuditFolder { AuditFolder(arguments["--keys"] ?? "audit") }

  func store() throws -> any WholeStore {
    let configuration = try arguments.storeConfiguration()
    let path = configuration.databaseFile
    guard configuration.store != .sqlite || FileManager.default.fileExists(atPath: path) else {
      throw AuditError.file(path: path, reason: "there is no store")
    }
    return try configuration.openStore()
  }

  func keeper(_ store: any AuditStore) throws -> CheckpointKeeper {
    let keys = try folder.signingKeys()
    return CheckpointKeeper(
      store, keys: keys, place: folder.place, witnesses: try folder.witnesses(of: keys.keys))
  }

  /// Who asks, for the entry about it.
  func asking() throws -> AuditEvent {
    AuditEvent(
      time: Self.now, action: .read, system: "sluss", person: try arguments.required("--as"),
      purpose: arguments["--purpose"] ?? "Administration", route: "sluss audit")
  }

  static var now: Int64 { Int64(Date().timeIntervalSince1970 * 1000) }

  func entry(_ word: String) throws -> Int {
    guard let number = Int(word), number >= 0 else {
      throw UsageError(message: "`\(word)` is no entry's number.")
    }
    return number
  }

  func patient() throws -> PatientIdentifier? {
    try arguments["--patient"].map { text in
      guard let patient = PatientIdentifier(text) else {
        throw UsageError(message: "`--patient` takes twelve digits, or SYSTEM|VALUE.")
      }
      return patient
    }
  }

  func query() throws -> AuditQuery {
    var query = AuditQuery()
    query.patient = try patient()
    query.person = arguments["--person"]
    query.careUnit = arguments["--unit"]
    query.since = try time("--since")
    query.until = try time("--until")
    query.action = try arguments["--action"].map { name in
      guard let action = AuditAction(rawValue: name) else {
        let names = AuditAction.allCases.map(\.rawValue).joined(separator: ", ")
        throw UsageError(message: "`--action` is one of \(names).")
      }
      return action
    }
    return query
  }

  /// Milliseconds since 1970: of a day in Sweden, or of a time in UTC.
  func time(_ option: String) throws -> Int64? {
    try arguments[option].map { text in
      let day = Date.ISO8601FormatStyle(timeZone: TimeZone(identifier: "Europe/Stockholm") ?? .gmt)
        .year().month().day()
      guard let date = (try? Date(text, strategy: .iso8601)) ?? (try? Date(text, strategy: day)) else {
        throw UsageError(message: "`\(option)` takes 2026-11-20 or 2026-11-20T13:00:00Z.")
      }
      return Int64(date.timeIntervalSince1970 * 1000)
    }
  }

  /// Text, CSV or JSON.
  func show(text: String, csv: String, json: String, standard: String = "text") throws {
    switch arguments["--format"] ?? standard {
    case "text": Console.put(Array(text.utf8))
    case "csv": Console.put(Array(csv.utf8))
    case "json": Console.put(Array(json.utf8))
    default: throw UsageError(message: "`--format` is text, csv or json.")
    }
  }
}
