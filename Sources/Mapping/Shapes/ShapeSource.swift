import Diagnostics
import Documents
import YAML

/// A shape file as it was written, before its types are looked up.
struct ShapeSource {
  var name = ""
  var title = ""
  var format = Format.json
  var uses: [YAMLNode] = []
  var types: [YAMLNode.Entry] = []
  var fields: YAMLNode?
  var slices: [YAMLNode.Entry] = []
  var choices: [YAMLNode] = []
  var kinds: [YAMLNode.Entry] = []
  var scalars: [YAMLNode.Entry] = []
  var nested: YAMLNode?
  var namespace: String?
  var isClosed = false
  var namespaces: [String: String] = [:]
  var root: YAMLNode?
  var dialect = CSVDialect()
  var place: Place

  /// Reads the parts; problems are added to `diagnostics`.
  init?(_ node: YAMLNode, file: ConfigurationFile, diagnostics: inout [Diagnostic]) {
    place = node.place
    var reader: KeyReader
    do {
      reader = try KeyReader(node, ShapeKeys.shape)
    } catch {
      diagnostics.append(error)
      return nil
    }
    name = reader.text("shape") ?? file.name
    title = reader.text("title") ?? ""
    place = reader["shape"]?.place ?? place
    if name != file.name {
      diagnostics.append(Diagnostic(.nameIsNotPath(name: name, path: file.name), at: place))
    }
    fields = reader["fields"]
    types = reader.entries("types")
    slices = reader.entries("slices")
    uses = reader["uses"].map { $0.items ?? [$0] } ?? []
    root = reader["root"]
    readFormat(&reader, &diagnostics)
    readDialect(reader["dialect"], &diagnostics)
    isClosed = reader["closed"]?.text == "true"
    for entry in reader.entries("namespaces") { namespaces[entry.name] = entry.value.text ?? "" }
    readTypeNames(&reader)
    diagnostics += reader.diagnostics
  }

  /// What formulas need to know of the types.
  private mutating func readTypeNames(_ reader: inout KeyReader) {
    choices = reader["choices"].map { $0.items ?? [$0] } ?? []
    kinds = reader.entries("kinds")
    scalars = reader.entries("scalars")
    nested = reader["nested"]
    namespace = reader.text("namespace")
  }

  private mutating func readDialect(_ node: YAMLNode?, _ diagnostics: inout [Diagnostic]) {
    guard let node else { return }
    do {
      let reader = try DialectReader(node)
      dialect = reader.dialect
      diagnostics += reader.diagnostics
    } catch {
      diagnostics.append(error)
    }
  }

  private mutating func readFormat(_ reader: inout KeyReader, _ diagnostics: inout [Diagnostic]) {
    guard let text = reader.text("format") else { return }
    if let known = Format(rawValue: text) {
      format = known
    } else {
      let forms = Format.allCases.map(\.rawValue).joined(separator: " or ")
      diagnostics.append(
        Diagnostic(.expectedForm(what: "a format", form: forms), at: reader["format"]?.place ?? place))
    }
  }
}
