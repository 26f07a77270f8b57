/// A shape that is proposed to somebody, before it is text; see ``text``.
public struct ShapeDraft: Equatable, Sendable {
  /// The shape's name, equal to its path in the mappings' folder: `visiba/visit-event`.
  public var name: String
  /// One line for people; may be empty.
  public var title: String = ""
  /// `json`, `xml` or `csv`, as shape files write it.
  public var format: String
  /// Remarks at the top of the file, a line each, without `#`.
  public var comments: [String] = []
  /// XML's prefixes and the namespaces that they stand for, in the order in which they are written.
  public var namespaces: [(prefix: String, uri: String)] = []
  /// How CSV is written, where it is not as RFC 4180 says.
  public var dialect: [(key: String, word: String)] = []
  /// XML's root element, with its prefix.
  public var root: String = ""
  /// Named types in the order in which they are written.
  public var types: [TypeDraft] = []
  /// The tree.
  public var fields: [FieldDraft] = []

  /// An empty draft.
  public init(name: String, format: String) {
    self.name = name
    self.format = format
  }

  /// Drafts are equal when their texts are.
  public static func == (left: ShapeDraft, right: ShapeDraft) -> Bool { left.text == right.text }
}

/// A named type of a draft.
public struct TypeDraft: Sendable {
  /// The name that fields use.
  public var name: String
  /// Its tree.
  public var fields: [FieldDraft]
  /// A remark behind the name.
  public var comment: String = ""

  /// A type without a remark.
  public init(name: String, fields: [FieldDraft]) {
    self.name = name
    self.fields = fields
  }
}

/// A field of a draft.
public struct FieldDraft: Sendable {
  /// How many times a field stands there, as shapes write it behind the name.
  public enum Cardinality: String, Sendable {
    case one = ""
    case optional = "?"
    case any = "*"
    case some = "+"
  }

  /// What stands behind the colon.
  public indirect enum Content: Sendable {
    /// A type of values as shapes write it, or a type's name: `code(a, b)`, `CV`.
    case type(String)
    /// A nested tree.
    case fields([FieldDraft])
  }

  /// The name with its prefix, or `$name` for an attribute, or `$`.
  public var name: String
  /// How many times it stands there.
  public var cardinality: Cardinality
  /// What it holds.
  public var content: Content
  /// A remark behind the field, or before its tree.
  public var comment: String = ""

  /// A field without a remark.
  public init(_ name: String, _ cardinality: Cardinality, _ content: Content) {
    self.name = name
    self.cardinality = cardinality
    self.content = content
  }
}
