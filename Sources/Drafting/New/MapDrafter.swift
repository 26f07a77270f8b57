import Mapping

/// Proposes a mapping for a drafted shape: resources, and a hub path for each field whose name is near to
/// one.
struct MapDrafter {
  let name: String
  let fields: [FormatField]
  let words: NameWords
  private let library: ShapeLibrary
  let catalog: HubCatalog
  private let choice: ResourceChoice
  var draft: MapDraft
  /// Code tables by the number of the line that uses them.
  var tables: [Int: CodeTableDraft] = [:]
  private var lastNumber = 0
  private var usedNames: Set<String> = []
  var usedSlices: Set<String> = []

  /// - Parameter root: the name of the root element, or empty.
  init(
    name: String, fields: [FormatField], root: String, main: String?, library: ShapeLibrary,
    knowledge: DraftingKnowledge
  ) {
    self.name = name
    self.fields = fields
    self.library = library
    words = NameWords(knowledge: knowledge)
    catalog = HubCatalog(library: library, knowledge: knowledge)
    choice = ResourceChoice(library: library, words: words)
    draft = MapDraft(name: name)
    let names = [name.split(separator: "/").last.map(String.init) ?? name, root]
    let main = main ?? names.lazy.compactMap(choice.type).first ?? knowledge.main ?? ""
    draftDocument(main: main)
  }

  var system: String { name.split(separator: "/").first.map(String.init) ?? name }

  mutating func number() -> Int {
    lastNumber += 1
    return lastNumber
  }

  /// The main resource is the document's, unless the document is a list of such things.
  private mutating func draftDocument(main: String) {
    let isList = isList(of: main)
    if !isList { draft.root.resources = choice.resources(main: main, in: fields) }
    usedNames = Set(draft.root.resources.map(\.name))
    var block = draft.root
    fill(&block, fields, outer: [], main: isList ? main : nil)
    block.dropIdleResources()
    draft.root = block
  }

  /// Whether a list is named after the main resource, or is all there is, and nothing beside it tells of a
  /// resource.
  private func isList(of main: String) -> Bool {
    let leaves = leaves(fields)
    let lists = leaves.filter { $0.repeats && $0.type == nil }
    let isNamed = lists.contains { choice.type(of: $0.path.last ?? "") == main }
    let beside = leaves.filter { !$0.repeats }
    let tellsOfMain = beside.contains { field in
      field.path.contains { words.mentions($0).contains { $0.type == main } }
    }
    let tellsOfAny = beside.contains { field in field.path.contains { !words.mentions($0).isEmpty } }
    return isNamed && !tellsOfMain || lists.count == 1 && !tellsOfAny && lists[0].fields.count > beside.count
  }
}

// MARK: Blocks

extension MapDrafter {
  private func leaves(_ fields: [FormatField]) -> [FormatField] {
    fields.flatMap { $0.repeats || $0.type != nil ? [$0] : leaves($0.fields) }
  }

  /// - Parameters:
  ///   - outer: resources declared around this block.
  ///   - main: the resource that lists are of, where the document itself is none.
  private mutating func fill(
    _ block: inout MapDraft.Block, _ fields: [FormatField], outer: [MapDraft.Resource], main: String?
  ) {
    let leaves = leaves(fields)
    let lines = self.lines(for: leaves.filter { !$0.repeats }, in: block)
    for field in leaves {
      if field.repeats {
        let items = repetition(field, in: block, outer: outer, main: main)
        block.both.append(items)
      } else if let line = lines.first(where: { $0.field.wholePath == field.wholePath })?.line {
        block.both.append(.line(line))
      }
    }
  }

  private mutating func repetition(
    _ field: FormatField, in block: MapDraft.Block, outer: [MapDraft.Resource], main: String?
  ) -> MapDraft.Item {
    let declared = outer + block.resources
    if field.type != nil { return values(field, in: block) }
    guard outer.isEmpty, let type = choice.type(of: field.path.last ?? "") ?? (main == nil ? nil : main),
      let text = field.text
    else { return unknown(field) }
    var inner = MapDraft.Block(number: number(), path: text + "*", wholePath: field.wholePath)
    if type == main || declared.isEmpty {
      inner.resources = choice.resources(main: type, in: field.fields).map(renamed)
    } else {
      let tie = ResourceChoice.conditions(choice.links(of: type, to: declared))
      inner.resources = [renamed(MapDraft.Resource(name: ResourceChoice.name(type), type: type, tie: tie))]
    }
    usedNames.formUnion(inner.resources.map(\.name))
    fill(&inner, field.fields, outer: declared, main: nil)
    let hasLines = inner.both.contains {
      switch $0 {
      case .line(let line): line.isActive
      case .block(let block): block.isActive
      }
    }
    inner.isActive = hasLines
    if !hasLines { inner.remark = "nothing in \(type) is near; what is one of these?" }
    return .block(inner)
  }

  /// Names are unique in a mapping; those of a list's main resource can only clash with another list's.
  private func renamed(_ resource: MapDraft.Resource) -> MapDraft.Resource {
    guard usedNames.contains(resource.name) else { return resource }
    let free = (2...).lazy.map { "\(resource.name)\($0)" }.first { !usedNames.contains($0) }
    return MapDraft.Resource(name: free ?? resource.name, type: resource.type, tie: resource.tie)
  }

  private mutating func unknown(_ field: FormatField) -> MapDraft.Item {
    .line(
      MapDraft.Line(
        number: number(), left: (field.text ?? field.told) + (field.repeats ? "*" : ""), right: "?",
        remark: field.repeats ? "say with `each` what one of these is" : "", isActive: false))
  }

  /// A repetition of values goes to a repetition of values.
  private mutating func values(_ field: FormatField, in block: MapDraft.Block) -> MapDraft.Item {
    let paths = candidates(for: [field], in: block, repetitions: true)
    guard let best = paths.first, best.score >= PathScore.enough, let text = field.text,
      let resource = block.resources.first(where: { $0.type == best.path.resource })
    else { return unknown(field) }
    declareSlice(best.path)
    var inner = MapDraft.Block(number: number(), path: text + "*", wholePath: field.wholePath)
    inner.elements = "\(resource.name).\(best.path.text)* as item"
    inner.both = [.line(MapDraft.Line(number: number(), left: "$", right: "item", isActive: true))]
    return .block(inner)
  }
}
