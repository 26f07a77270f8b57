import Diagnostics
import Drafting
import Foundation

extension Subcommand {
  /// `sluss shape infer FILE…`.
  static func inferShape(_ arguments: Arguments) throws -> Int32 {
    let files = Array(arguments.words.dropFirst())
    guard let first = files.first else { throw UsageError(message: "an example is needed, or `-`.") }
    let stem = URL(fileURLWithPath: first).deletingPathExtension().lastPathComponent
    let name = arguments["--name"] ?? "drafts/" + (first == "-" ? "example" : stem)
    let inference = try ShapeInference(try Input.examples(files), name: name)
    Console.put(Array(inference.draft.text.utf8))
    return 0
  }
}

extension Input {
  /// Example documents.
  static func examples(_ files: [String]) throws(Diagnostic) -> [Example] {
    var examples: [Example] = []
    for file in files {
      examples.append(Example(file: file == "-" ? "input" : file, bytes: try read(file)))
    }
    return examples
  }
}
