import Foundation
import Gateway
import Mapping

/// A gateway on a free port with a store of its own, and curl to talk to it.
final class RunningGateway {
  struct Answer {
    let status: Int
    let body: [UInt8]
    /// The header fields, names in small letters.
    var headers: [String: String] = [:]

    var text: String { String(decoding: body, as: UTF8.self) }
    var json: [String: Any] { (try? JSONSerialization.jsonObject(with: Data(body))) as? [String: Any] ?? [:] }
    /// The codes of the diagnostics.
    var codes: [String] {
      (json["diagnostics"] as? [[String: Any]] ?? []).compactMap { $0["code"] as? String }
    }
  }

  let data: String
  private let gateway: Gateway

  /// - Parameter mappings: their folder; the repository's unless said otherwise.
  init(
    data: String = NSTemporaryDirectory() + "sluss-" + UUID().uuidString,
    mappings: String = RepositoryFolder.path + "/Mappings"
  ) throws {
    self.data = data
    var configuration = GatewayConfiguration()
    configuration.port = 0
    configuration.dataFolder = data
    configuration.maximumBodyBytes = 1 << 20
    configuration.lookEvery = .milliseconds(20)
    configuration.stillFor = .milliseconds(60)
    gateway = try Gateway(mappings: mappings, configuration)
  }

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
    for _ in 0..<200 {
      let answer = try get("/messages/" + id)
      if answer.json["state"] as? String != "received" { return answer }
      usleep(20_000)
    }
    return try get("/messages/" + id)
  }

  func curl(_ options: [String], _ path: String) throws -> Answer {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/curl")
    process.arguments =
      ["-sS", "--max-time", "30", "-w", "\n%{http_code}"] + options + [
        "http://127.0.0.1:\(gateway.port)\(path)"
      ]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let told = [UInt8](output.fileHandleForReading.readDataToEndOfFile())
    process.waitUntilExit()
    let line = told.lastIndex(of: UInt8(ascii: "\n")) ?? 0
    return Answer(
      status: Int(String(decoding: told[(line + 1)...], as: UTF8.self)) ?? 0, body: Array(told[..<line]))
  }
}
