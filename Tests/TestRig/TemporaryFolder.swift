import Foundation

/// A folder of a test's own that goes away with this object.
public final class TemporaryFolder: Sendable {
  /// Its whole path, without a slash at the end.
  public let path = NSTemporaryDirectory() + "sluss-" + UUID().uuidString

  /// Makes it.
  public init() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file and returns its path.
  @discardableResult
  public func write(_ bytes: [UInt8], to name: String) throws -> String {
    let file = path + "/" + name
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    return file
  }
}
