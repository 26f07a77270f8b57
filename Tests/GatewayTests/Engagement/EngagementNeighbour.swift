import Foundation

/// A running `Fixtures/neighbours/engagement_index.py`.
final class EngagementNeighbour {
  struct NotStarted: Error {}

  static let owner = "SE165565594230-1000"

  let port: UInt16
  private let folder = NSTemporaryDirectory() + "sluss-index-" + UUID().uuidString
  private let process = Process()

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    process.executableURL = URL(filePath: "/usr/bin/python3")
    process.arguments = [
      RepositoryFolder.path + "/Fixtures/neighbours/engagement_index.py", folder, Self.owner,
    ]
    try process.run()
    for _ in 0..<1000 where !FileManager.default.fileExists(atPath: folder + "/port") { usleep(10_000) }
    guard let port = UInt16(try String(contentsOfFile: folder + "/port", encoding: .utf8)) else {
      throw NotStarted()
    }
    self.port = port
  }

  func end() {
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    try? FileManager.default.removeItem(atPath: folder)
  }

  struct Answer {
    let status: Int
    let text: String
  }

  func curl(_ method: String, _ path: String, _ body: [UInt8] = []) throws -> Answer {
    let file = folder + "/" + UUID().uuidString
    try Data(body).write(to: URL(filePath: file))
    defer { try? FileManager.default.removeItem(atPath: file) }
    let asking = Process()
    asking.executableURL = URL(filePath: "/usr/bin/curl")
    asking.arguments =
      ["-sS", "--max-time", "30", "-X", method, "-w", "\n%{http_code}"]
      + (body.isEmpty ? [] : ["--data-binary", "@" + file]) + ["http://127.0.0.1:\(port)\(path)"]
    let output = Pipe()
    asking.standardOutput = output
    try asking.run()
    let told = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    asking.waitUntilExit()
    let lines = told.split(separator: "\n", omittingEmptySubsequences: false)
    return Answer(status: Int(lines.last ?? "") ?? 0, text: lines.dropLast().joined(separator: "\n"))
  }

  struct State: Decodable {
    let posts: [[String: String]]
    let updates: Int
  }

  func state() throws -> State {
    try JSONDecoder().decode(State.self, from: Data(try curl("GET", "/").text.utf8))
  }

  func know(_ posts: [[String: String]]) throws {
    _ = try curl("POST", "/state", Array(try JSONEncoder().encode(posts)))
  }

  func fail(before: Int, after: Int) throws {
    _ = try curl("PUT", "/fault", Array("{\"before\": \(before), \"after\": \(after)}".utf8))
  }
}
