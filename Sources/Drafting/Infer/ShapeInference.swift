public import Diagnostics
import Documents
import Formats
import Mapping

/// Drafts a shape from example documents: what stands in all of them is required, what stands in some is not,
/// and a
/// value's type is the narrowest that all its values have.
///
/// It works on the neutral tree, so a format that has a reader needs nothing more here than its ``TreeKind``.
public struct ShapeInference {
  /// The shape's name.
  public let name: String
  private let first: Example
  private var files: [String] = []
  private var root: ObservedName?
  private var document = ContentEvidence()
  private var prefixes = NamespacePrefixes()

  /// Looks at examples of one format.
  /// - Throws: what is wrong with the first that can't be read, or is of another format or kind.
  public init(_ examples: [Example], name: String) throws(Diagnostic) {
    guard let first = examples.first else {
      throw Diagnostic(.inputEmpty, at: Place(file: name, line: 1, column: 1))
    }
    self.name = name
    self.first = first
    for example in examples { try add(example) }
    if let root { prefixes.declare(root, document) }
  }

  /// The examples' format.
  var format: Format { first.format }

  private var tree: TreeKind { TreeKind(format) }

  private mutating func add(_ example: Example) throws(Diagnostic) {
    var forest = Forest(names: NameTableBuilder().build(), reserving: example.bytes.count)
    let node = try example.read(into: &forest)
    guard example.format == format else {
      let form = "the format of the first, \(format.rawValue.uppercased())"
      throw Diagnostic(.expectedForm(what: "an example", form: form), at: example.place)
    }
    if tree.isPlain {
      try check(ObservedName(node, in: forest), of: example)
      prefixes.takeHints(from: String(decoding: example.bytes, as: UTF8.self))
    } else if forest[node].kind != .object {
      throw Diagnostic(.expectedForm(what: "an example", form: "an object at its top"), at: example.place)
    }
    if tree.isTable, forest.children(node).isEmpty {
      throw Diagnostic(
        .expectedForm(what: "an example", form: "a header and at least one row"), at: example.place)
    }
    _ = document.add(node, in: forest, tree)
    files.append(example.name)
  }

  private mutating func check(_ name: ObservedName, of example: Example) throws(Diagnostic) {
    if let root, root != name {
      throw Diagnostic(.wrongRoot(expected: root.local, shape: "the first example"), at: example.place)
    }
    root = name
  }

  /// The draft.
  public var draft: ShapeDraft {
    var draft = ShapeDraft(name: name, format: format.rawValue)
    var guess = FieldGuess(tree, prefixes)
    draft.fields = guess.fields(document, namespace: root?.namespace ?? "", path: [])
    draft.namespaces = prefixes.list
    draft.dialect = tree.isTable ? DialectDraft.words(CSVDialect.detected(in: first.bytes)) : []
    draft.root = root.map(prefixes.qualified) ?? ""
    draft.comments = comments + guess.leftOut
    return draft
  }

  private var comments: [String] {
    let shown = files.prefix(3).joined(separator: ", ") + (files.count > 3 ? " …" : "")
    let first = "Drafted from \(files.count) \(files.count == 1 ? "example" : "examples") (\(shown))."
    let second =
      files.count == 1
      ? "One is thin evidence: what is optional, what repeats and which codes there are, it can't tell."
      : "What stands in all of them is taken as required; types are the narrowest that all values have."
    return [first, second]
  }
}

extension ShapeInference {
  /// The evidence, for those who draft more from it.
  var evidence: ContentEvidence { document }
}
