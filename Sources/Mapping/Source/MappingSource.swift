import Diagnostics
import YAML

/// A mapping or fragment file as it was written.
struct MappingSource {
  let name: String
  let isFragment: Bool
  /// The shape of the format's side.
  let shape: String
  let shapePlace: Place
  /// A fragment's type in that shape.
  var type: YAMLNode?
  /// The field that holds the sender's message id.
  var identity: PathSource?
  /// Whether nobody but Sluss itself hands in its messages.
  let isOwn: Bool
  var hub: [HubDeclaration] = []
  var slices: [YAMLNode.Entry] = []
  var block = BlockSource()
  let place: Place

  /// Reads the parts; problems are added to `diagnostics`.
  init?(_ node: YAMLNode, file: ConfigurationFile, diagnostics: inout [Diagnostic]) {
    isFragment = node.entries?.contains { $0.name == "fragment" } ?? false
    let kind = isFragment ? "fragment" : "mapping"
    var keys: KeyReader
    do {
      keys = try KeyReader(node, isFragment ? MappingKeys.fragment : MappingKeys.mapping)
    } catch {
      diagnostics.append(error)
      return nil
    }
    name = keys.text(kind) ?? file.name
    place = keys[kind]?.place ?? node.place
    shape = keys.text("shape") ?? name
    shapePlace = keys["shape"]?.place ?? place
    type = keys["of"]
    isOwn = keys.text("sender") == "sluss"
    if let sender = keys["sender"], !isOwn {
      diagnostics.append(Diagnostic(.expectedForm(what: "`sender`", form: "`sluss`"), at: sender.place))
    }
    slices = keys["slices"]?.entries ?? []
    if name != file.name {
      diagnostics.append(Diagnostic(.nameIsNotPath(name: name, path: file.name), at: place))
    }
    diagnostics += keys.diagnostics
    readHub(keys["hub"], &diagnostics)
    readIdentity(keys["identity"], &diagnostics)
    var reader = BlockReader()
    block = reader.block(keys.entries)
    diagnostics += reader.diagnostics
  }

  private mutating func readHub(_ node: YAMLNode?, _ diagnostics: inout [Diagnostic]) {
    for entry in node?.entries ?? [] {
      do throws(Diagnostic) {
        hub.append(try HubDeclarationReader(node: entry.value).read(name: entry.name, place: entry.key.place))
      } catch {
        diagnostics.append(error)
      }
    }
  }

  private mutating func readIdentity(_ node: YAMLNode?, _ diagnostics: inout [Diagnostic]) {
    guard let node, let text = node.text else { return }
    do throws(Diagnostic) {
      identity = try PathSource(text, in: node)
    } catch {
      diagnostics.append(error)
    }
  }
}
