import Documents

/// What the names in a formula stand for; the checker asks it, evaluation never does.
public protocol FormulaScope {
  /// The type of the element that the formula is about, `nil` when it is about named things only.
  var context: FormulaType? { get }

  /// What an identifier at the start of a path stands for, or `nil` when nothing has that name.
  func root(_ name: String) -> FormulaBinding?

  /// What `%name` stands for, or `nil` when nothing has that name.
  func variable(_ name: String) -> FormulaBinding?

  /// A member of elements of a type; for ``FormulaType/unknown`` the scope decides which names it lets pass.
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

/// A member of an element.
public struct FormulaMember: Sendable, Equatable {
  /// The name that its nodes have.
  public let name: NameID
  /// What each of its nodes is.
  public let type: FormulaType
  /// Whether there may be several.
  public let repeats: Bool

  /// A member as a shape declares it.
  public init(name: NameID, type: FormulaType, repeats: Bool) {
    self.name = name
    self.type = type
    self.repeats = repeats
  }
}
