/// The types that documents have beside FHIRPath's own: FHIR's, as the hub's shapes declare them.
///
/// Sections 10 and 11 of the specification, and FHIR R4's page on FHIRPath.
public protocol FormulaModel: AnyObject, Sendable {
  /// The type of a name without its namespace: `Patient`, `code`, `DomainResource`.
  func type(named name: String) -> FormulaType?

  /// What a type is called; `nil` for one that is not the model's.
  func name(of type: FormulaType) -> (namespace: String, name: String)?

  /// Whether a type is another or a kind of it.
  func isKind(_ type: FormulaType, of other: FormulaType) -> Bool

  /// A member or choice element of elements of a type.
  func member(_ name: String, of type: FormulaType) -> FormulaMember?

  /// The form of a member or choice element whose nodes have a name, such as `valueQuantity`.
  func form(_ name: String, of type: FormulaType) -> FormulaMember.Form?
}

/// A type as `is`, `as` and `ofType` name it: of the model, of FHIRPath, or what either calls by this name.
struct TypeTest: BitwiseCopyable {
  var model: FormulaType?
  var system: SystemType?
}
