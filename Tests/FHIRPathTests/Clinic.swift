import Documents

@testable import FHIRPath

/// The documents and the scope that the tests ask formulas about: a visit with a patient and diagnoses.
struct Clinic: FormulaScope {
  enum Shape: Int32 {
    case visit, patient, name, diagnosis
  }

  struct Field {
    let name: String
    let type: FormulaType
    var repeats = false
  }

  static let fields: [Shape: [Field]] = [
    .visit: [
      Field(name: "type", type: .value(.string)), Field(name: "note", type: .value(.string)),
      Field(name: "urgent", type: .value(.boolean)), Field(name: "minutes", type: .value(.integer)),
      Field(name: "price", type: .value(.decimal)), Field(name: "startedAt", type: .value(.dateTime)),
      Field(name: "day", type: .value(.date)), Field(name: "patient", type: .object(Shape.patient.rawValue)),
      Field(name: "diagnosis", type: .object(Shape.diagnosis.rawValue), repeats: true),
      Field(name: "extra", type: .unknown, repeats: true),
    ],
    .patient: [
      Field(name: "name", type: .object(Shape.name.rawValue), repeats: true),
      Field(name: "born", type: .value(.date)),
    ],
    .name: [
      Field(name: "family", type: .value(.string)),
      Field(name: "given", type: .value(.string), repeats: true),
    ],
    .diagnosis: [Field(name: "code", type: .value(.string)), Field(name: "rank", type: .value(.integer))],
  ]

  static let names: NameTable = {
    var builder = NameTableBuilder()
    for field in fields.values.joined() { _ = builder.name(field.name) }
    return builder.build()
  }()

  /// Whether the formula is about the visit itself, or names it.
  var isAboutVisit = false

  static let visit = FormulaType.object(Shape.visit.rawValue)

  var context: FormulaType? { isAboutVisit ? Self.visit : nil }

  func root(_ name: String) -> FormulaBinding? {
    if let context, let member = member(name, of: context) { return .member(member) }
    switch name {
    case "visit": return .node(index: 0, type: Self.visit)
    case "doctor": return .node(index: 1, type: .object(Shape.patient.rawValue))
    default: return nil
    }
  }

  func variable(_ name: String) -> FormulaBinding? {
    switch name {
    case "received": .text(index: 0, type: .dateTime)
    case "id": .text(index: 1, type: .string)
    default: nil
    }
  }

  func member(_ name: String, of type: FormulaType) -> FormulaMember? {
    if type == .unknown {
      return Self.names.find(name).map { FormulaMember(name: $0, type: .unknown, repeats: true) }
    }
    guard let field = fields(of: type).first(where: { $0.name == name }), let id = Self.names.find(name)
    else { return nil }
    return FormulaMember(name: id, type: field.type, repeats: field.repeats)
  }

  var rootNames: [String] { ["visit", "doctor"] }
  var variableNames: [String] { ["received", "id"] }
  var codeTableNames: [String] { ["contact-forms"] }

  func codes(in table: String) -> [String]? { table == "contact-forms" ? ["video", "chat"] : nil }

  func memberNames(of type: FormulaType) -> [String] { fields(of: type).map(\.name) }

  func description(of type: FormulaType) -> (name: String, shape: String) {
    guard let shape = shape(type) else { return (type.system?.rawValue ?? "any", "clinic") }
    return (String(describing: shape), "clinic")
  }

  private func shape(_ type: FormulaType) -> Shape? {
    if case .object(let number) = type { Shape(rawValue: number) } else { nil }
  }

  private func fields(of type: FormulaType) -> [Field] { shape(type).flatMap { Self.fields[$0] } ?? [] }
}
