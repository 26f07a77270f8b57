import Mapping

// Lines for values: each field and each place in the hub once, the best pairs first.
extension MapDrafter {
  /// Other places are told of when their score is that near to the chosen one's.
  private static let near = 0.06

  private typealias Candidate = (field: Int, path: HubPath, score: Double)

  func candidates(
    for fields: [FormatField], in block: MapDraft.Block, repetitions: Bool
  ) -> [(field: Int, path: HubPath, score: Double)] {
    let types = block.resources.map(\.type)
    let scoring = PathScore(words: words, resources: types)
    let paths = block.resources.flatMap { resource in
      catalog.paths(of: resource.type, own: slice(of: resource)).filter { $0.isRepetition == repetitions }
    }
    let vocabulary = Set(paths.flatMap { $0.segments.flatMap(\.self) })
    let reader = FieldNameReader(words: words, resources: types, vocabulary: vocabulary)
    var found: [Candidate] = []
    for (index, field) in fields.enumerated() {
      let names = reader.names(of: field, inside: block.wholePath)
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
  mutating func lines(
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

  mutating func declareSlice(_ path: HubPath) {
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
