import Foundation
import Gateway
import Mapping
import TestRig

/// A gateway on a free port with a store of its own, and curl to talk to it.
final class RunningGateway: Sendable {
  struct Answer {
    let status: Int
    let body: [UInt8]
    /// The mappings that made it and their versions, as its header says.
    let version: String

    /// What curl writes behind a body.
    static let form = "\n%header{sluss-mapping-version}\n%{http_code}"

    init(told: ArraySlice<UInt8>) {
      let lines = told.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      status = Int(String(decoding: lines.last ?? [], as: UTF8.self)) ?? 0
      version = String(decoding: lines.dropLast().last ?? [], as: UTF8.self)
      body = Array(told.dropLast(lines.suffix(2).reduce(0) { $0 + $1.count + 1 }))
    }

    var text: String { String(decoding: body, as: UTF8.self) }
    var json: [String: Any] { (try? JSONSerialization.jsonObject(with: Data(body))) as? [String: Any] ?? [:] }
    /// The codes of the diagnostics.
    var codes: [String] {
      (json["diagnostics"] as? [[String: Any]] ?? []).compactMap { $0["code"] as? String }
    }
  }

  let data: String
  private let gateway: Gateway

  /// - Parameters:
  ///   - mappings: their folder; the repository's unless said otherwise.
  ///   - change: what else is configured.
  init(
    data: String = NSTemporaryDirectory() + "sluss-" + UUID().uuidString,
    mappings: String = RepositoryFolder.path + "/Mappings",
    targets: [String: TargetConfiguration] = [:],
    changing change: (inout GatewayConfiguration) -> Void = { _ in },
    now: (@Sendable () -> Int64)? = nil
  ) throws {
    self.data = data
    var configuration = GatewayConfiguration()
    configuration.port = 0
    configuration.dataFolder = data
    configuration.targets = targets
    configuration.maximumBodyBytes = 1 << 20
    configuration.lookEvery = .milliseconds(20)
    configuration.stillFor = .milliseconds(60)
    change(&configuration)
    gateway = try Gateway(mappings: mappings, configuration, now: now)
  }

  var port: UInt16 { gateway.port }

  func stop() { gateway.stop() }

  func remove() { try? FileManager.default.removeItem(atPath: data) }

  func post(_ body: [UInt8], to path: String, _ options: [String] = []) throws -> Answer {
    let file = NSTemporaryDirectory() + UUID().uuidString
    try Data(body).write(to: URL(fileURLWithPath: file))
    defer { try? FileManager.default.removeItem(atPath: file) }
    return try curl(options + ["--data-binary", "@" + file], path)
  }

  func get(_ path: String) throws -> Answer { try curl([], path) }

  /// Asks until the message is no longer waiting for its translation.
  func message(_ id: String) throws -> Answer {
    try look({ try get("/messages/" + id) }, until: { $0.json["state"] as? String != "received" })
  }

  /// Loads the mappings at once, as SIGHUP does.
  func reload() { gateway.reload() }

  /// Has changed mappings loaded, and waits until they are served.
  func serve(_ changed: EditableMappings) throws {
    reload()
    let version = try changed.version
    _ = try mappings { $0.version == version }
  }

  /// What `/health` tells of the mappings.
  struct Mappings {
    let version, since: String
    let versions: [String: String]
    let refused: [[String: Any]]?
  }

  struct NeverHappened: Error {
    let health: String
  }

  /// Asks until the mappings are as wished.
  func mappings(_ isWished: (Mappings) -> Bool = { _ in true }) throws -> Mappings {
    let mappings = try look({ try mappingsNow() }, until: { isWished($0) })
    guard isWished(mappings) else { throw NeverHappened(health: try get("/health").text) }
    return mappings
  }

  private func mappingsNow() throws -> Mappings {
    let told = try get("/health").json["mappings"] as? [String: Any] ?? [:]
    return Mappings(
      version: told["version"] as? String ?? "", since: told["since"] as? String ?? "",
      versions: told["versions"] as? [String: String] ?? [:], refused: told["refused"] as? [[String: Any]])
  }

  func curl(_ options: [String], _ path: String) throws -> Answer {
    Answer(told: try run(options + ["-w", Answer.form], path)[...])
  }

  /// Many requests on one connection, by curl's globbing.
  func many(_ path: String, _ options: [String] = []) throws -> [Answer] {
    let end = "--end-of-answer--"
    let told = try run(options + ["-w", Answer.form + end], path)
    return told.split(separator: Array(end.utf8)).map { Answer(told: $0) }
  }

  private func run(_ options: [String], _ path: String) throws -> [UInt8] {
    let address = "http://127.0.0.1:\(gateway.port)\(path)"
    return try Program.run("/usr/bin/curl", ["-sS", "--max-time", "300"] + options + [address]).bytes
  }
}
