import Foundation
import TestRig

/// A running `Fixtures/neighbours/engagement_index.py`.
final class EngagementNeighbour {
  static let owner = "SE165565594230-1000"

  private let process: NeighbourProcess

  var port: UInt16 { process.port }

  init() throws { process = try NeighbourProcess("engagement_index.py", options: [Self.owner]) }

  func end() { process.end() }

  struct Answer {
    let status: Int
    let text: String
  }

  func curl(_ method: String, _ path: String, _ body: [UInt8] = []) throws -> Answer {
    let file = process.folder + "/" + UUID().uuidString
    try Data(body).write(to: URL(filePath: file))
    defer { try? FileManager.default.removeItem(atPath: file) }
    let told = try Program.run(
      "/usr/bin/curl",
      ["-sS", "--max-time", "300", "-X", method, "-w", "\n%{http_code}"]
        + (body.isEmpty ? [] : ["--data-binary", "@" + file])
        + ["http://127.0.0.1:\(process.port)\(path)"]
    ).output
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
