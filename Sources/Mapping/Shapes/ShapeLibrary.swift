import Diagnostics
import Documents

/// All shapes of a folder with their types resolved, and the table of all their names.
package struct ShapeLibrary: Sendable {
  package internal(set) var shapes: [String: Shape] = [:]
  package internal(set) var types: [ObjectType] = []
  var names: NameTable
  var zones: [String: TimeZoneTable] = [:]
  var typeNames = TypeNames()

  /// The hub's resource of a type, `Encounter` in `hub/Encounter`.
  package func resource(_ type: String) -> Shape? { shapes["hub/" + type] }

  package var resourceTypes: [String] {
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

// MARK: What formulas call types

extension ShapeLibrary {
  /// The name of the type of what a field holds: the one written behind `as`, else the default.
  package func typeName(of field: Field) -> String { typeNames.name(of: field, among: types) }

  /// The name of an object's type.
  func typeName(of type: TypeID) -> String { types[type].typeName }

  /// The type that a type is a kind of; `nil` for one that is a kind of nothing, and for unknown names.
  func parent(of typeName: String) -> String? { typeNames.parents[typeName] }

  /// The namespace of a type's name, such as FHIR; `nil` when neither its shape nor one that it uses has one.
  func namespace(of type: TypeID) -> String? { shapes[types[type].shape]?.namespace }
}
