import Foundation

/// A program of somebody else's making, run to its end.
public struct Program: Sendable {
  /// What it printed.
  public let bytes: [UInt8]
  /// What it printed as errors.
  public let errors: String
  /// As ``ChildProcess/end()`` tells it.
  public let status: Int32

  /// What it printed, as text.
  public var output: String { String(decoding: bytes, as: UTF8.self) }
  /// Everything that it told, its output first.
  public var told: String { output + errors }

  /// - Parameters:
  ///   - program: its whole path.
  ///   - environment: ours when absent.
  ///   - input: all that it can read.
  public static func run(
    _ program: String, _ arguments: [String], environment: [String: String]? = nil, input: [UInt8] = []
  ) throws -> Program {
    let streams = try (0..<3).map { _ in try unnamedFile() }
    try streams[0].write(contentsOf: Data(input))
    try streams[0].seek(toOffset: 0)
    let process = try ChildProcess(
      program, arguments, environment: environment, input: .file(streams[0]), output: .file(streams[1]),
      errors: .file(streams[2]))
    let status = process.end()
    return Program(
      bytes: try whole(streams[1]), errors: String(decoding: try whole(streams[2]), as: UTF8.self),
      status: status)
  }

  /// Files, and no pipes: nothing waits for a reader, nor for a grandchild that keeps one open.
  private static func unnamedFile() throws -> FileHandle {
    let path = NSTemporaryDirectory() + "sluss-" + UUID().uuidString
    let descriptor = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    unlink(path)
    return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }

  private static func whole(_ file: FileHandle) throws -> [UInt8] {
    try file.seek(toOffset: 0)
    return Array(try file.readToEnd() ?? Data())
  }
}
