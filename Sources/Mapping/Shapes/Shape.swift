import Diagnostics
import Documents

/// How often a field may stand: nothing, `?`, `*`, `+` or `!` behind its name.
package struct Cardinality: Sendable, Equatable {
  package let isRequired: Bool
  /// Whether what we write must have it; others' documents may lack it (`!`).
  package let isOwed: Bool
  package let repeats: Bool
}

/// The number of an ``ObjectType`` in a ``ShapeLibrary``.
package typealias TypeID = Int

/// What a field holds.
package enum FieldContent: Sendable, Equatable {
  case value(ScalarType)
  case object(TypeID)
}

/// One field of an object.
package struct Field: Sendable {
  /// The name as paths write it: without a prefix, `$` before an attribute.
  package let name: String
  /// Its number in the name table.
  let id: NameID
  package let cardinality: Cardinality
  package let content: FieldContent
  /// How formulas call a value's type, when the shape says so behind `as`.
  var typeName: String?

  /// Attributes stand before everything else.
  var isAttribute: Bool { name.hasPrefix("$") && name.count > 1 }
}

/// A name for the element of a repetition that has fixed values.
package struct Slice: Sendable {
  package let name: String
  /// The index of the repeating field in its type.
  package let field: Int
  package let fixed: [FixedValue]
}

/// A fixed value, or the fixed values below a field.
package struct FixedValue: Sendable, Equatable {
  package let field: Int
  var value: String?
  var below: [FixedValue]
}

/// An object with named fields, in the order in which they are written.
package struct ObjectType: Sendable {
  /// How diagnostics call it: a type's name or the path in its shape.
  package let name: String
  /// How formulas call it: `Period`, `Patient` for the root of hub/Patient, for a nested tree as its shape's
  /// `nested` says.
  package let typeName: String
  /// The shape that declares it.
  package let shape: String
  package internal(set) var fields: [Field] = []
  package internal(set) var slices: [Slice] = []
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
  case hl7v2
  case csv
}

/// What documents of one format look like.
package struct Shape: Sendable {
  let name: String
  let title: String
  let format: Format
  package let root: TypeID
  /// The root element's name; unnamed for JSON.
  let rootName: NameID
  let place: Place
  /// What formulas call the namespace of its types.
  let namespace: String?
  /// The columns and how they are written; empty for other formats.
  let table: CSVTable
  /// XML: what its documents write namespaces with.
  var prefixes = NamespacePrefixes()
  /// Types of this shape by name, for fragments.
  var types: [String: TypeID] = [:]
}
