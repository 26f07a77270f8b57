import Diagnostics
import Documents

/// How often a field may stand: nothing, `?`, `*` or `+` behind its name.
struct Cardinality: Sendable, Equatable {
  let isRequired: Bool
  let repeats: Bool
}

/// The number of an ``ObjectType`` in a ``ShapeLibrary``.
typealias TypeID = Int

/// What a field holds.
enum FieldContent: Sendable, Equatable {
  case value(ScalarType)
  case object(TypeID)
}

/// One field of an object.
struct Field: Sendable {
  /// The name as paths write it: without a prefix, `$` before an attribute.
  let name: String
  /// Its number in the name table.
  let id: NameID
  let cardinality: Cardinality
  let content: FieldContent
  /// How formulas call a value's type, when the shape says so behind `as`.
  var typeName: String?

  /// Attributes stand before everything else.
  var isAttribute: Bool { name.hasPrefix("$") && name.count > 1 }
}

/// A name for the element of a repetition that has fixed values.
struct Slice: Sendable {
  let name: String
  /// The index of the repeating field in its type.
  let field: Int
  let fixed: [FixedValue]
}

/// A fixed value, or the fixed values below a field.
struct FixedValue: Sendable, Equatable {
  let field: Int
  var value: String?
  var below: [FixedValue]
}

/// An object with named fields, in the order in which they are written.
struct ObjectType: Sendable {
  /// How diagnostics call it: a type's name or the path in its shape.
  let name: String
  /// How formulas call it: `Period`, `Patient` for the root of hub/Patient, for a nested tree as its shape's
  /// `nested` says.
  let typeName: String
  /// The shape that declares it.
  let shape: String
  var fields: [Field] = []
  var slices: [Slice] = []
  /// The indexes of the fields that a choice element stands for, by its name.
  var choices: [String: [Int]] = [:]
  var isClosed = false

  func index(of name: String) -> Int? { fields.firstIndex { $0.name == name } }

  func slice(_ name: String, of field: Int) -> Slice? {
    slices.first { $0.name == name && $0.field == field }
  }
}

/// The format that a shape's documents are in.
public enum Format: String, Sendable, CaseIterable {
  case json, xml
}

/// What documents of one format look like.
struct Shape: Sendable {
  let name: String
  let title: String
  let format: Format
  let root: TypeID
  /// The root element's name; unnamed for JSON.
  let rootName: NameID
  let place: Place
  /// What formulas call the namespace of its types.
  let namespace: String?
  /// Types of this shape by name, for fragments.
  var types: [String: TypeID] = [:]
}
