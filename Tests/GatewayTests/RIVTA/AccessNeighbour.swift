import Foundation

/// A running `Fixtures/neighbours/access_checks.py`.
final class AccessNeighbour: @unchecked Sendable {
  struct NotStarted: Error {}

  let port: UInt16
  let folder = NSTemporaryDirectory() + "sluss-checks-" + UUID().uuidString
  private let process = Process()

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    process.arguments = [RepositoryFolder.path + "/Fixtures/neighbours/access_checks.py", folder]
    try process.run()
    for _ in 0..<1000 where !FileManager.default.fileExists(atPath: folder + "/port") { usleep(10_000) }
    let text = try String(contentsOfFile: folder + "/port", encoding: .utf8)
    guard let port = UInt16(text) else { throw NotStarted() }
    self.port = port
  }

  deinit {
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// How it answers from now on, see the program.
  func answer(_ json: String) throws {
    try json.write(toFile: folder + "/answer", atomically: true, encoding: .utf8)
  }

  /// The files of the requests of a contract that it got.
  func requests(_ contract: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix("-\(contract).xml") }
      .sorted().map { folder + "/" + $0 }
  }
}
