import Foundation

/// A running program of `Fixtures/neighbours`, which says in the file `port` of its folder where it listens.
public final class NeighbourProcess: Sendable {
  /// It ended, or told no port.
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
    let place = try TemporaryFolder()
    let words = ["\(RepositoryFolder.path)/Fixtures/neighbours/\(program)", place.path] + options
    let process = try ChildProcess("/usr/bin/python3", words, output: .ours, errors: .ours)
    let told = look {
      try? String(contentsOfFile: place.path + "/port", encoding: .utf8)
    } until: {
      $0 != nil || !process.isRunning
    }
    guard let port = told.flatMap({ UInt16($0) }) else {
      process.kill()
      throw NotStarted(program: program)
    }
    (self.place, self.process, self.port) = (place, process, port)
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
