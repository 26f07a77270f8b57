import Drafting
import Foundation
import Mapping

/// Where the repository lies, found from this file.
enum RepositoryFolder {
  static let path = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  /// The words that the repository's own operators compare names by.
  static func knowledge() throws -> DraftingKnowledge {
    let path = "\(path)/Mappings/\(DraftingKnowledge.path)"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    return try DraftingKnowledge(ConfigurationFile(path: path, name: DraftingKnowledge.path, text: text))
  }
}
