import Diagnostics
import Documents
import Drafting
import Formats
import Mapping

/// A shape drafted from a schema, loaded with a mapping that does next to nothing, to read documents with.
struct ImportedSchema {
  let draft: ShapeDraft
  let library: MappingLibrary
  let mapping: Mapping

  /// Drafts from files that are given as texts; the first one is imported.
  init(_ files: KeyValuePairs<String, String>, root: String) throws {
    let texts = Dictionary(uniqueKeysWithValues: files.map { ($0.key, $0.value) })
    let schema = try SchemaImport(files.first?.key ?? "") { texts[$0].map { Array($0.utf8) } }
    try self.init(schema, root: root)
  }

  init(_ schema: SchemaImport, root: String) throws {
    draft = try schema.shape(root: root, name: "a/drafted")
    library = try MappingLibrary([
      Self.file("a/drafted", "shape", draft.text),
      Self.file("hub/Basic", "shape", "shape: hub/Basic\nformat: json\nfields:\n  id?: string\n"),
      Self.file(
        "a/mapped", "map",
        """
        mapping: a/mapped
        shape: a/drafted
        hub: {basic: Basic}
        in:
          basic.id: = 'x'
        """),
    ])
    mapping = try library.mapping("a/mapped")
  }

  private static func file(_ name: String, _ kind: String, _ text: String) -> ConfigurationFile {
    ConfigurationFile(path: "\(name).\(kind).yaml", name: name, text: text)
  }

  /// What reading a document against the shape complains about.
  func complaints(about document: String) -> [String] {
    var workspace = Workspace(names: library.names)
    mapping.begin(
      named: "document", receipt: Receipt(received: "2026-11-21T10:15:00+01:00", id: "1"), in: &workspace)
    let bytes = Array(document.utf8)
    do {
      let root = try XMLReader().read(bytes, named: "document", into: &workspace.forest)
      try mapping.check(root, bytes, in: &workspace)
      return []
    } catch let error as DiagnosticError {
      return error.diagnostics.map { "\($0.code) \($0.place.path ?? "") \($0.problem.wording.label)" }
    } catch {
      return ["\(error)"]
    }
  }

  /// The lines of the draft that lie under `fields` and `types`, without remarks.
  var lines: [String] {
    let all = draft.text.split(separator: "\n").map(String.init)
    let start = all.firstIndex { $0 == "types:" || $0.hasPrefix("fields:") } ?? 0
    return all[start...].map { line in
      line.firstRange(of: "  # ").map { String(line[..<$0.lowerBound]) } ?? line
    }
  }
}

/// A schema in one namespace, qualified.
func schema(_ content: String, _ attributes: String = "") -> String {
  """
  <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:test" targetNamespace="urn:test"
    elementFormDefault="qualified" \(attributes)>
  \(content)
  </xs:schema>
  """
}
