import Foundation

/// A running `Fixtures/neighbours/http_target.py`, or another one that notes what it gets in the same way.
final class HTTPNeighbour {
  /// A request that it got.
  struct Request {
    let method, path: String
    let headers: [String: String]
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }
  }

  struct NotStarted: Error {}

  let port: UInt16
  private let folder = NSTemporaryDirectory() + "sluss-neighbour-" + UUID().uuidString
  private let process = Process()

  init(_ program: String = "http_target.py") throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    process.arguments = [RepositoryFolder.path + "/Fixtures/neighbours/\(program)", folder]
    try process.run()
    for _ in 0..<1000 where !FileManager.default.fileExists(atPath: folder + "/port") { usleep(10_000) }
    let text = try String(contentsOfFile: folder + "/port", encoding: .utf8)
    guard let port = UInt16(text) else { throw NotStarted() }
    self.port = port
  }

  func end() {
    // Threads of the dispatcher's keep softer signals from their children.
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// How it answers from now on, see the program.
  func answer(_ json: String) throws {
    try json.write(toFile: folder + "/answer", atomically: true, encoding: .utf8)
  }

  /// What it got so far, in order, as it noted it.
  func notes() throws -> [[String: Any]] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".json") }
    return try names.sorted().map { name in
      let data = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))
      return try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
    }
  }

  /// What it got so far, in order.
  func requests() throws -> [Request] {
    try notes().map { object in
      Request(
        method: object["method"] as? String ?? "", path: object["path"] as? String ?? "",
        headers: object["headers"] as? [String: String] ?? [:],
        body: Array(Data(base64Encoded: object["body"] as? String ?? "") ?? Data()))
    }
  }

  /// What it got once there are so many; fewer when that does not come.
  func requests(atLeast count: Int) throws -> [Request] {
    for _ in 0..<2000 {
      let requests = try requests()
      if requests.count >= count { return requests }
      usleep(10_000)
    }
    return try requests()
  }
}
