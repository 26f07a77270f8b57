import Mapping

/// Proposes a mapping for a drafted shape: resources, and a hub path for each field whose name is near to one.
struct MapDrafter {
  let name: String
  let fields: [FormatField]
  let words: NameWords
  private let library: ShapeLibrary
  private let catalog: HubCatalog
  private let choice: ResourceChoice
  private(set) var draft: MapDraft
  /// Code tables by the number of the line that uses them.
  private(set) var tables: [Int: CodeTableDraft] = [:]
  private var lastNumber = 0
  private var usedNames: Set<String> = []
  private var usedSlices: Set<String> = []

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

  private var system: String { name.split(separator: "/").first.map(String.init) ?? name }

  private mutating func number() -> Int {
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

  /// Whether a list is named after the main resource, or is all there is, and nothing beside it tells of a resource.
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

// MARK: Lines

extension MapDrafter {
  /// Other places are told of when their score is that near to the chosen one's.
  private static let near = 0.06

  private typealias Candidate = (field: Int, path: HubPath, score: Double)

  private func candidates(
    for fields: [FormatField], in block: MapDraft.Block, repetitions: Bool
  ) -> [(field: Int, path: HubPath, score: Double)] {
    let scoring = PathScore(words: words, resources: block.resources.map(\.type))
    let paths = block.resources.flatMap { resource in
      catalog.paths(of: resource.type, own: slice(of: resource)).filter { $0.isRepetition == repetitions }
    }
    var found: [Candidate] = []
    for (index, field) in fields.enumerated() {
      let names = scoring.names(of: field, inside: block.wholePath)
      for path in paths {
        guard let score = scoring.score(field, names, path), score >= PathScore.worthTelling else { continue }
        found.append((index, path, score))
      }
    }
    return found.sorted { ($1.score, $0.path.text, $0.field) < ($0.score, $1.path.text, $1.field) }
  }

  /// The slice for a resource's identifiers in this system.
  private func slice(of resource: MapDraft.Resource) -> String { ResourceChoice.name(resource.type) }

  /// The best pairs first, each field and each place in the hub once.
  private mutating func lines(
    for fields: [FormatField], in block: MapDraft.Block
  ) -> [(field: FormatField, line: MapDraft.Line)] {
    let candidates = candidates(for: fields, in: block, repetitions: false)
    var taken = taken(by: block.resources)
    var chosen: [Int: HubPath] = [:]
    for candidate in candidates where chosen[candidate.field] == nil && candidate.score >= PathScore.enough {
      guard taken.take(candidate.path) else { continue }
      chosen[candidate.field] = candidate.path
    }
    return fields.enumerated().map { index, field in
      let own = candidates.filter { $0.field == index }
      let score = own.first { $0.path.text == chosen[index]?.text }?.score
      let others = own.filter { $0.path.text != chosen[index]?.text && $0.score + Self.near >= score ?? 0 }
      return (field, line(field, chosen[index], others.map(\.path), in: block))
    }
  }

  private func taken(by resources: [MapDraft.Resource]) -> TakenPaths {
    var taken = TakenPaths()
    for link in words.knowledge.links where resources.contains(where: { $0.type == link.type }) {
      guard resources.contains(where: { $0.type == link.target }) else { continue }
      taken.reserve(link.path, of: link.type)
    }
    return taken
  }

  private mutating func line(
    _ field: FormatField, _ path: HubPath?, _ others: [HubPath], in block: MapDraft.Block
  ) -> MapDraft.Line {
    let near = others.prefix(path == nil ? 2 : 1).map { written($0, in: block) }
    var line = MapDraft.Line(number: number(), left: field.text ?? field.told, right: "?", isActive: false)
    line.remark = near.isEmpty ? "" : (path == nil ? "perhaps " : "or ") + near.joined(separator: ", ")
    guard let path, field.text != nil else { return line }
    declareSlice(path)
    line.right = written(path, in: block)
    line.isActive = true
    line.proposal = path
    if CodeTableDraft.isWanted(field, path.type) { addTable(field, path, to: &line) }
    return line
  }

  private func written(_ path: HubPath, in block: MapDraft.Block) -> String {
    let name = block.resources.first { $0.type == path.resource }?.name ?? path.resource
    return "\(name).\(path.text)"
  }

  private mutating func declareSlice(_ path: HubPath) {
    let own = ResourceChoice.name(path.resource)
    guard path.isOwnIdentifier, usedSlices.insert("\(path.resource).\(own)").inserted
    else { return }
    draft.slices.append(OwnIdentifier.declaration(path.resource, own, system: system))
  }

  /// A line whose table is not complete waits as a comment until somebody has filled it in.
  private mutating func addTable(_ field: FormatField, _ path: HubPath, to line: inout MapDraft.Line) {
    let leaf = NameWords.split(field.wholePath.last { !$0.isEmpty && $0 != "$" } ?? "code").joined(
      separator: "-")
    let format = name.split(separator: "/").last.map(String.init) ?? name
    var table = "\(format)-\(leaf)"
    if tables.values.contains(where: { $0.name == table }) { table += "-\(line.number)" }
    let draft = CodeTableDraft(name: table, system: system, field, hub: path.type, words: words)
    tables[line.number] = draft
    line.right += " | \(table)"
    guard !draft.isComplete else { return }
    line.isActive = false
    line.remark = "fill in codes/\(table).csv first"
  }
}

/// Which places in the hub lines have taken already.
struct TakenPaths {
  private var paths: Set<String> = []
  /// How each repetition is told apart: by slices, or by its place.
  private var selections: [String: Bool] = [:]

  /// Keeps a repetition that a reference goes through.
  mutating func reserve(_ path: String, of type: String) {
    let first = path.prefix { $0 != "." }
    let field = "\(type).\(first.prefix { $0 != "[" })"
    selections[field] = !first.hasSuffix("[first]")
    paths.insert("\(type).\(path)")
  }

  /// `false` when the place is taken, or the first element of what slices tell apart already, or the other way round.
  mutating func take(_ path: HubPath) -> Bool {
    let whole = "\(path.resource).\(path.text)"
    let field = "\(path.resource).\(path.head.field)"
    let isSliced = path.head.selector != "first"
    if !path.head.selector.isEmpty, let known = selections[field], known != isSliced { return false }
    guard paths.insert(whole).inserted else { return false }
    if !path.head.selector.isEmpty { selections[field] = isSliced }
    return true
  }
}
