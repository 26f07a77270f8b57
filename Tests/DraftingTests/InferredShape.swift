import Diagnostics
import Drafting
import Gateway
import Mapping

/// A drafted shape, loaded as an operator's file would be, with a mapping that only checks.
struct InferredShape {
  let text: String
  private let mapping: Mapping
  private let translator: Translator

  init(_ documents: [String]) throws {
    try self.init(bytes: documents.map { Array($0.utf8) })
  }

  init(bytes documents: [[UInt8]]) throws {
    let examples = documents.enumerated().map { Example(file: "\($0.offset).x", bytes: $0.element) }
    text = try ShapeInference(examples, name: "a/b").draft.text
    let library = try MappingLibrary([
      ConfigurationFile(path: "a/b.shape.yaml", name: "a/b", text: text),
      ConfigurationFile(path: "a/b.map.yaml", name: "a/b", text: "mapping: a/b\n"),
    ])
    mapping = try library.mapping("a/b")
    translator = Translator(library)
  }

  /// What is wrong with a document.
  func diagnostics(_ document: [UInt8]) -> [Diagnostic] {
    do throws(DiagnosticError) {
      let receipt = Receipt(received: "2026-11-21T10:15:00Z", id: "1")
      try translator.check(document, as: mapping, named: "document", receipt: receipt)
      return []
    } catch {
      return error.diagnostics
    }
  }

  /// The line of a field, without its margin.
  func line(_ field: String) -> String? {
    text.split(separator: "\n").map { $0.trimmingPrefix { $0 == " " } }
      .first { $0.hasPrefix(field) && !($0.dropFirst(field.count).first?.isLetter ?? true) }.map(String.init)
  }
}
