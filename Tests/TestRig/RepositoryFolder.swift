import Foundation

/// Where the repository lies, found from this file.
public enum RepositoryFolder {
  /// Its whole path.
  public static let path = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  /// A file's bytes.
  /// - Parameter name: its path from there.
  public static func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")))
  }
}
