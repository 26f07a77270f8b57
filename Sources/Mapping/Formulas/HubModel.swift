import Documents
import FHIRPath

/// FHIR's types as the hub's shapes declare them: names, kinds, members and choice elements.
final class HubModel: FormulaModel {
  private let library: ShapeLibrary
  /// All names of types, each with a number.
  private let names: [String]
  private let numbers: [String: Int32]
  /// By number: the number of the type that it is a kind of, or -1.
  private let parents: [Int32]
  /// By number: what it is to operators, for types of values.
  private let systems: [SystemType?]
  /// By number: the type with the members.
  private let objects: [TypeID?]
  private let namespace: String

  init(_ library: ShapeLibrary) {
    self.library = library
    let shaped = library.types.indices.filter { library.namespace(of: $0) != nil }
    namespace = shaped.first.flatMap { library.namespace(of: $0) } ?? ""
    var names = Set(library.typeNames.declared)
    names.formUnion(library.typeNames.parents.values)
    for type in shaped { names.insert(library.typeName(of: type)) }
    self.names = names.sorted()
    numbers = Dictionary(uniqueKeysWithValues: zip(self.names, 0...))
    parents = self.names.map { [numbers] name in library.parent(of: name).flatMap { numbers[$0] } ?? -1 }
    let values = Self.values(library)
    systems = self.names.map { Self.system(of: $0, values, library) }
    var objects = [TypeID?](repeating: nil, count: self.names.count)
    for type in shaped.reversed() {
      if let number = numbers[library.typeName(of: type)] { objects[Int(number)] = type }
    }
    self.objects = objects
  }

  /// The names that documents use.
  var nameTable: NameTable { library.names }

  /// How a diagnostic calls a type, and the shape that it stands in.
  func description(of type: FormulaType) -> (name: String, shape: String) {
    switch type {
    case .object(let id) where id < library.types.count:
      (library.types[Int(id)].name, library.types[Int(id)].shape)
    case .object, .primitive: (name(of: type)?.name ?? "anything", "")
    case .value(let system): (system.rawValue, "")
    case .typeInfo: ("type()", "")
    case .unknown: ("anything", "")
    }
  }

  /// What values of a named type are to operators: what the shapes write for it or for a type that it is a kind of.
  private static func system(
    of name: String, _ values: [String: SystemType], _ library: ShapeLibrary
  ) -> SystemType? {
    var next: String? = name
    for _ in 0..<16 {
      guard let current = next else { return nil }
      if let system = values[current] { return system }
      next = library.parent(of: current)
    }
    return nil
  }

  /// The names that shapes give to types of values themselves.
  private static func values(_ library: ShapeLibrary) -> [String: SystemType] {
    let named = scalars.compactMap { scalar in
      scalar.system.system.map { (library.typeNames.name(of: scalar), $0) }
    }
    return Dictionary(named) { first, _ in first }
  }

  private static let scalars: [ScalarType] = [
    .boolean, .integer, .decimal, .time, .uri, .base64, .date(isPartial: true, isCompact: false),
    .instant(isPartial: true), .instant(isPartial: false), .text, .code([]),
  ]

  func type(named name: String) -> FormulaType? {
    guard let number = numbers[name] else { return nil }
    if let system = systems[Int(number)] { return .primitive(system, number) }
    return .object(objects[Int(number)].map { Int32($0) } ?? Int32(library.types.count) + number)
  }

  func name(of type: FormulaType) -> (namespace: String, name: String)? {
    number(of: type).map { (namespace, names[Int($0)]) }
  }

  func isKind(_ type: FormulaType, of other: FormulaType) -> Bool {
    guard var number = number(of: type), let wanted = self.number(of: other) else { return type == other }
    while number >= 0, number != wanted { number = parents[Int(number)] }
    return number == wanted
  }

  private func number(of type: FormulaType) -> Int32? {
    switch type {
    case .primitive(_, let number): number
    case .object(let id) where id >= library.types.count: id - Int32(library.types.count)
    case .object(let id) where library.namespace(of: Int(id)) != nil: numbers[library.typeName(of: Int(id))]
    case .object, .value, .typeInfo, .unknown: nil
    }
  }
}

// MARK: Members

extension HubModel {
  func member(_ name: String, of type: FormulaType) -> FormulaMember? {
    guard let id = members(of: type) else { return nil }
    let owner = library.types[id]
    if let fields = owner.choices[name] {
      let forms = fields.map { form(owner.fields[$0], of: id) }
      return FormulaMember(choice: forms, repeats: fields.contains { owner.fields[$0].cardinality.repeats })
    }
    guard let index = owner.index(of: name), !isForm(index, of: owner) else { return nil }
    return FormulaMember(
      choice: [form(owner.fields[index], of: id)], repeats: owner.fields[index].cardinality.repeats)
  }

  func form(_ name: String, of type: FormulaType) -> FormulaMember.Form? {
    guard let id = members(of: type), let index = library.types[id].index(of: name) else { return nil }
    return form(library.types[id].fields[index], of: id)
  }

  /// The names of members and choice elements.
  func memberNames(of type: FormulaType) -> [String] {
    guard let id = members(of: type) else { return [] }
    let owner = library.types[id]
    let plain = owner.fields.indices.filter { !isForm($0, of: owner) }.map { owner.fields[$0].name }
    return plain + owner.choices.keys.sorted()
  }

  /// The type whose members elements of a type have; a primitive has an element's.
  private func members(of type: FormulaType) -> TypeID? {
    switch type {
    case .object(let id) where id < library.types.count: Int(id)
    case .primitive: numbers["Element"].flatMap { objects[Int($0)] }
    case .object, .value, .typeInfo, .unknown: nil
    }
  }

  private func isForm(_ field: Int, of owner: ObjectType) -> Bool {
    owner.choices.values.contains { $0.contains(field) }
  }

  private func form(_ field: Field, of owner: TypeID) -> FormulaMember.Form {
    let companion = field.isValue ? library.names.find("_" + field.name) ?? -1 : -1
    return FormulaMember.Form(name: field.id, companion: companion, type: type(of: field, of: owner))
  }

  /// What formulas see in a field: in the hub one of FHIR's types, elsewhere one of FHIRPath's.
  func type(of field: Field, of owner: TypeID) -> FormulaType {
    switch field.content {
    case .object(let id): return .object(Int32(id))
    case .value(let scalar):
      guard let system = scalar.system.system else { return .unknown }
      guard library.namespace(of: owner) != nil, let number = numbers[library.typeName(of: field)] else {
        return .value(system)
      }
      return .primitive(system, number)
    }
  }
}

extension Field {
  /// Whether it holds a value, not an object.
  fileprivate var isValue: Bool { if case .value = content { true } else { false } }
}
