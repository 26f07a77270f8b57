import Diagnostics
import Documents

/// All shapes of a folder with their types resolved, and the table of all their names.
struct ShapeLibrary: Sendable {
  var shapes: [String: Shape] = [:]
  var types: [ObjectType] = []
  var names: NameTable
  var zones: [String: TimeZoneTable] = [:]

  /// The hub's resource of a type, `Encounter` in `hub/Encounter`.
  func resource(_ type: String) -> Shape? { shapes["hub/" + type] }

  var resourceTypes: [String] {
    shapes.keys.filter { $0.hasPrefix("hub/") }.map { String($0.dropFirst(4)) }
  }

  /// How a field's content is called in a diagnostic.
  func describe(_ content: FieldContent) -> String {
    switch content {
    case .value(let type): type.description
    case .object(let type): types[type].name
    }
  }
}
