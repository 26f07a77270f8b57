import Documents

/// What the names in a formula stand for; the checker asks it, evaluation never does.
public protocol FormulaScope {
  /// The type of the element that the formula is about, `nil` when it is about named things only.
  var context: FormulaType? { get }

  /// What an identifier at the start of a path stands for, or `nil` when nothing has that name.
  func root(_ name: String) -> FormulaBinding?

  /// What `%name` stands for, or `nil` when nothing has that name.
  func variable(_ name: String) -> FormulaBinding?

  /// A member of elements of a type whose shape is known.
  func member(_ name: String, of type: FormulaType) -> FormulaMember?

  /// The names that ``root(_:)`` knows beside the members of ``context``.
  var rootNames: [String] { get }

  /// The names that ``variable(_:)`` knows, without `%`.
  var variableNames: [String] { get }

  /// The names that ``member(_:of:)`` knows.
  func memberNames(of type: FormulaType) -> [String]

  /// How a diagnostic calls elements of a type: `name` is `visit` or `Encounter`, `shape` the shape it stands
  /// in.
  func description(of type: FormulaType) -> (name: String, shape: String)

  /// The types beside FHIRPath's own.
  var model: (any FormulaModel)? { get }

  /// The codes of a code table or value set, or `nil` when there is none of this name.
  func codes(in table: String) -> [String]?

  /// The names that ``codes(in:)`` knows.
  var codeTableNames: [String] { get }

  /// How much the checker refuses.
  var strictness: Strictness { get }
}

/// How much the checker refuses of what the specification leaves to evaluation.
public enum Strictness: Sendable {
  /// For formulas in files: also what may fail with some message, and comparisons that never hold.
  case file
  /// For formulas typed in: only what fails always, and unknown members.
  case specification
  /// Unknown members are nothing, as the specification has it where no types are known.
  case lenient
}

extension FormulaScope {
  /// No types but FHIRPath's own.
  public var model: (any FormulaModel)? { nil }
  /// No code tables.
  public func codes(in table: String) -> [String]? { nil }
  /// No code tables.
  public var codeTableNames: [String] { [] }
  /// As for files.
  public var strictness: Strictness { .file }
}

/// What a name in a formula stands for.
public enum FormulaBinding: Sendable, Equatable {
  /// A member of the element that the formula is about.
  case member(FormulaMember)
  /// A node given as ``FormulaEnvironment/nodes`` at this index.
  case node(index: Int, type: FormulaType)
  /// A text given as ``FormulaEnvironment/texts`` at this index.
  case text(index: Int, type: SystemType)
}

/// A member of an element: one name, or the names of a choice element's forms.
public struct FormulaMember: Sendable, Equatable {
  /// A name that nodes may have, and what such a node is.
  public struct Form: Sendable, Equatable {
    /// The name of the nodes.
    public let name: NameID
    /// The name of the nodes that hold a JSON primitive's id and extensions (`_birthDate`), or -1.
    public let companion: NameID
    /// What each of the nodes is.
    public let type: FormulaType

    /// A form.
    public init(name: NameID, companion: NameID = -1, type: FormulaType) {
      self.name = name
      self.companion = companion
      self.type = type
    }
  }

  /// The forms; several for a choice element.
  public let forms: [Form]
  /// Whether there may be several.
  public let repeats: Bool

  /// A member as a shape declares it.
  public init(name: NameID, companion: NameID = -1, type: FormulaType, repeats: Bool) {
    forms = [Form(name: name, companion: companion, type: type)]
    self.repeats = repeats
  }

  /// A choice element (FHIR's `value[x]`).
  public init(choice forms: [Form], repeats: Bool) {
    self.forms = forms
    self.repeats = repeats
  }

  /// What it gives.
  public var type: FormulaType { forms.count == 1 ? forms[0].type : .unknown }
}
