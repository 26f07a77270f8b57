import Diagnostics
import FHIRPath
import YAML

/// Reads and checks the files about the hub's store.
struct HubRuleReader {
  let formulas: FormulaReader
  let mappings: [String]
  let shapes: ShapeLibrary
  var diagnostics: [Diagnostic] = []
  private var resources: [String: ResourceRule] = [:]
  private var places: [String: Place] = [:]
  private var times: [TypedFormula] = []
  private var sources: [TypedFormula] = []
  private var messages: [String: MessageRule] = [:]
  private var unions: [UnionRule] = []
  private var zone: TimeZoneTable?

  /// - Parameter mappings: the names of all mappings.
  init(_ formulas: FormulaReader, _ shapes: ShapeLibrary, mappings: [String]) {
    self.formulas = formulas
    self.mappings = mappings
    self.shapes = shapes
  }

  var rules: HubRules {
    HubRules(
      resources: resources, times: times, sources: sources, messages: messages, unions: unions,
      calendar: HubCalendar(zone ?? TimeZoneTable.greenwich))
  }

  mutating func read(_ node: YAMLNode) {
    attempt { reader throws(Diagnostic) in
      var keys = try KeyReader(node, HubRuleKeys.file)
      for entry in keys.entries("resources") { reader.readResource(entry) }
      for entry in keys.entries("time") { reader.times += reader.typed(entry) }
      for entry in keys.entries("source") { reader.sources += reader.typed(entry) }
      for entry in keys.entries("messages") { reader.readMessage(entry) }
      for entry in keys.entries("union") { reader.readUnion(entry) }
      if let zone = keys["time-zone"] { try reader.readZone(zone) }
      reader.diagnostics += keys.diagnostics
    }
  }

  // MARK: parts

  private mutating func readResource(_ entry: YAMLNode.Entry) {
    if let first = places[entry.name] {
      diagnostics.append(
        Diagnostic(.nameTwice(name: entry.name), at: entry.key.place, labels: [.init(first, "the first")]))
    }
    places[entry.name] = entry.key.place
    guard let type = type(entry.key, entry.name) else { return }
    attempt { reader throws(Diagnostic) in
      var keys = try KeyReader(entry.value, HubRuleKeys.resource)
      let ways = keys["key"].map { $0.items ?? [$0] } ?? []
      let search = keys.entries("search").compactMap { reader.searchKey($0, type) }
      reader.resources[entry.name] = ResourceRule(
        keys: ways.compactMap { reader.keyRule($0, type) },
        isOfEachSource: keys["of-each-source"]?.text == "true",
        patient: reader.formula(keys["patient"], type), partOf: reader.formula(keys["part-of"], type),
        nullified: reader.formula(keys["nullified"], type), search: search,
        choices: reader.choices(of: entry.name))
      reader.diagnostics += keys.diagnostics
    }
  }

  private func choices(of resource: String) -> [Set<String>] {
    guard let root = shapes.resource(resource)?.root else { return [] }
    let type = shapes.types[root]
    return type.choices.values.map { Set($0.map { type.fields[$0].name }) }
  }

  private mutating func keyRule(_ node: YAMLNode, _ type: FormulaType) -> KeyRule? {
    if let items = node.items {
      let formulas = items.compactMap { formula($0, type) }
      return formulas.count == items.count && !formulas.isEmpty ? .parts(formulas) : nil
    }
    if let entry = node.entries?.first { return typed(entry).first.map { .borrowed($0) } }
    return formula(node, type).map { .parts([$0]) }
  }

  private mutating func searchKey(_ entry: YAMLNode.Entry, _ type: FormulaType) -> SearchKey? {
    attempt { reader throws(Diagnostic) in
      let keys = try KeyReader(entry.value, HubRuleKeys.search)
      reader.diagnostics += keys.diagnostics
      let kinds = SearchKey.Kind.allCases.filter { keys[$0.rawValue] != nil }
      guard let kind = kinds.first, kinds.count == 1 else {
        throw Diagnostic(
          .expectedForm(what: "a search key", form: "one of `token: = …`, `reference: = …`, `date: = …`"),
          at: entry.key.place)
      }
      guard let formula = reader.formula(keys[kind.rawValue], type) else { return nil }
      return SearchKey(
        name: entry.name, kind: kind, formula: formula, isAlone: keys["alone"]?.text == "true",
        isLent: keys["lent"]?.text == "true")
    } ?? nil
  }

  private mutating func readMessage(_ entry: YAMLNode.Entry) {
    // A folder may have fewer mappings than its rules know; a name that is near another's is misspelled.
    let near = mappings.contains(entry.name) ? [] : NearNames.of(entry.name, among: mappings)
    if !near.isEmpty {
      diagnostics.append(Diagnostic(.unknownMapping(name: entry.name, near: near), at: entry.key.place))
    }
    attempt { reader throws(Diagnostic) in
      let keys = try KeyReader(entry.value, HubRuleKeys.message)
      reader.diagnostics += keys.diagnostics
      reader.messages[entry.name] = MessageRule(
        lists: reader.kept(keys["lists"]), mentions: reader.kept(keys["mentions"]),
        keep: try keys["keep"].map { node throws(Diagnostic) in try Self.duration(node) },
        keepAfter: reader.kept(keys["keep-after"]), isPassedOn: keys["remember"]?.text == "nothing")
    }
  }

  private static func duration(_ node: YAMLNode) throws(Diagnostic) -> Duration {
    if let duration = DurationText.read(node.text ?? "") { return duration }
    throw Diagnostic(.expectedForm(what: "a duration", form: "a number and a unit: `14 d`"), at: node.place)
  }

  private mutating func kept(_ node: YAMLNode?) -> Set<String> {
    let names = node.map { $0.items ?? [$0] } ?? []
    return Set(names.compactMap { name in type(name, name.text ?? "") == nil ? nil : name.text })
  }

  private mutating func readUnion(_ entry: YAMLNode.Entry) {
    let alike = (entry.value.items ?? [entry.value]).compactMap(\.text).filter { !$0.isEmpty }
    unions.append(
      UnionRule(path: entry.name.split(separator: ".").map(String.init), alike: alike))
  }

  private mutating func readZone(_ node: YAMLNode) throws(Diagnostic) {
    guard let name = node.text, let found = TimeZoneTable(named: name) else {
      throw Diagnostic(.unknownZone(name: node.text ?? ""), at: node.place)
    }
    zone = found
  }

  // MARK: formulas

  private mutating func typed(_ entry: YAMLNode.Entry) -> [TypedFormula] {
    guard let type = type(entry.key, entry.name), let formula = formula(entry.value, type) else { return [] }
    return [TypedFormula(type: entry.name, formula: formula)]
  }

  private mutating func type(_ node: YAMLNode, _ name: String) -> FormulaType? {
    if let shape = shapes.resource(name) { return .object(Int32(shape.root)) }
    let near = NearNames.of(name, among: shapes.resourceTypes)
    diagnostics.append(Diagnostic(.unknownResource(type: name, near: near), at: node.place))
    return nil
  }

  private mutating func formula(_ node: YAMLNode?, _ type: FormulaType) -> Formula? {
    guard let node else { return nil }
    return attempt { reader throws(Diagnostic) in
      guard let source = FormulaSource(node.text ?? "", node) else {
        throw Diagnostic(.expectedForm(what: "a formula", form: "`= formula`"), at: node.place)
      }
      do throws(FormulaFault) {
        return try reader.formulas.formula(source.text, about: type, strictness: .file)
      } catch {
        throw Diagnostic(error.problem, at: source.place(of: error.range))
      }
    }
  }

  @discardableResult
  private mutating func attempt<Value>(
    _ work: (inout HubRuleReader) throws(Diagnostic) -> Value
  ) -> Value? {
    do throws(Diagnostic) {
      return try work(&self)
    } catch {
      diagnostics.append(error)
      return nil
    }
  }
}
