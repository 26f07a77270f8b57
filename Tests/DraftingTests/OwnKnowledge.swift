import Drafting
import Foundation
import Mapping
import TestRig

extension RepositoryFolder {
  /// The words that the repository's own operators compare names by.
  static func knowledge() throws -> DraftingKnowledge {
    let path = "\(Self.path)/Mappings/\(DraftingKnowledge.path)"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    return try DraftingKnowledge(ConfigurationFile(path: path, name: DraftingKnowledge.path, text: text))
  }
}
