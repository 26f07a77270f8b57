import Drafting
import Foundation

extension Subcommand {
  /// `sluss shape import`: prints a shape drafted from an XML schema.
  static func importShape(_ arguments: Arguments) throws -> Int32 {
    guard arguments.words.count == 2 else { throw UsageError(message: "one XML schema is needed.") }
    let file = arguments.words[1]
    let schema = try SchemaImport(file) { FileManager.default.contents(atPath: $0).map { Array($0) } }
    let root = try root(of: schema, in: file, wanted: arguments["--root"])
    print(try schema.shape(root: root, name: arguments["--name"]).text, terminator: "")
    return 0
  }

  private static func root(of schema: SchemaImport, in file: String, wanted: String?) throws -> String {
    let elements = schema.rootElements
    guard !elements.isEmpty else {
      throw UsageError(message: "\(file) declares no element: import the schema that uses its types.")
    }
    if let root = wanted ?? schema.onlyRoot, elements.contains(root) { return root }
    let complaint = wanted.map { "declares no element `\($0)`" } ?? "declares several elements"
    throw UsageError(
      message: "\(file) \(complaint); say which is the root with --root:\n  "
        + elements.joined(separator: "\n  "))
  }
}
