import Foundation

/// A running program of `Fixtures/neighbours`, which says in the file `port` of its folder where it listens.
public final class NeighbourProcess: Sendable {
  /// It ended, or told no port for half a minute.
  public struct NotStarted: Error {
    let program: String
  }

  /// Where it listens on loopback.
  public let port: UInt16
  private let place: TemporaryFolder
  private let process: ChildProcess

  /// The folder in which it notes what it gets and finds how to answer.
  public var folder: String { place.path }

  /// - Parameter options: stand behind the folder.
  public init(_ program: String, options: [String] = []) throws {
    place = try TemporaryFolder()
    let words = ["\(RepositoryFolder.path)/Fixtures/neighbours/\(program)", place.path] + options
    process = try ChildProcess("/usr/bin/python3", words, output: .ours, errors: .ours)
    let file = place.path + "/port"
    for _ in 0..<3000 where !FileManager.default.fileExists(atPath: file) && process.isRunning {
      usleep(10_000)
    }
    guard let text = try? String(contentsOfFile: file, encoding: .utf8), let port = UInt16(text) else {
      process.kill()
      throw NotStarted(program: program)
    }
    self.port = port
  }

  deinit { end() }

  /// Ends it at once.
  public func end() { process.kill() }

  /// Writes a file that tells it how to answer from now on, see the program.
  public func tell(_ text: String, in name: String) throws {
    try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
  }

  /// The paths of the files that it wrote whose names end so, in order.
  public func files(ending end: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(end) }.sorted()
      .map { folder + "/" + $0 }
  }
}
