import Foundation
import Gateway
import Mapping

/// Where the repository lies, found from this file.
enum RepositoryFolder {
  static let path = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  static func library(_ folder: String) throws -> MappingLibrary {
    try MappingFolder.load("\(path)/\(folder)")
  }
}
