import Diagnostics
public import Documents

extension MappingStudy {
  /// A mapping that does the same and notes what each of its lines writes, for explanations.
  public func noting(_ mapping: Mapping) -> Mapping {
    guard let checked = checked(mapping) else { return mapping }
    let plan = MappingPlan(MappingPlanBuilder(checked, files.shapes, files.tables, notes: true))
    return Mapping(checked, plan, files.shapes, ShapeTables(files.shapes))
  }
}

extension Workspace {
  /// Where everything came from that was written by mappings that note it (``MappingStudy/noting(_:)``).
  /// - Parameters:
  ///   - written: the document that was written; `nil` for the hub's resources.
  ///   - source: the mapping that read the message; `nil` when that was resources of the hub.
  ///   - target: the mapping that wrote the document; `nil` for the hub.
  public func explanation(of written: NodeID?, from source: Mapping?, to target: Mapping?) -> Explanation {
    let types = (source ?? target)?.fromHub.hub.library.types
    let hub = (0..<resources.count).map { ordinal in
      LeafPaths(
        of: resources.nodes[ordinal], types?[Int(resources.types[ordinal])].typeName ?? "", in: forest)
    }
    let message = source == nil ? hub : [LeafPaths(of: self.message.root, "", in: forest)]
    let output = written.map { [LeafPaths(of: $0, "", in: forest)] } ?? hub
    let index = NoteIndex(notes, [message, hub, output], source: source, target: target)
    let fields = output.flatMap(\.leaves).compactMap { explained($0, index) }
    let inHub = hub.flatMap(\.leaves).compactMap { explained($0, index) }
    return Explanation(
      written: fields, read: message.flatMap(\.leaves).map { fate(of: $0, index, fields, inHub) })
  }

  private func explained(_ node: NodeID, _ index: NoteIndex) -> ExplainedField? {
    guard let path = index.paths[node] else { return nil }
    let value = forest.string(node)
    guard let note = index.notes[node] else {
      return ExplainedField(
        path: path, value: value, making: .message, rule: nil, place: place(of: node, path), sources: [])
    }
    return ExplainedField(
      path: path, value: value, making: note.making, rule: index.rule(of: note), place: nil,
      sources: note.sources.compactMap { explained($0, index) })
  }

  private func place(of node: NodeID, _ path: String) -> Place {
    Place(message: message.bytes, named: message.file, offset: Int(forest[node].offset), path: path)
  }

  private func fate(
    of node: NodeID, _ index: NoteIndex, _ written: [ExplainedField], _ hub: [ExplainedField]
  ) -> FieldFate {
    let path = index.paths[node] ?? ""
    let isFromHere = { (field: ExplainedField) in field.origins.contains { $0.path == path } }
    return FieldFate(
      path: path, value: forest.string(node), place: place(of: node, path),
      hub: hub.filter(isFromHere).map { ($0.path, $0.rule) }, written: written.filter(isFromHere).map(\.path))
  }
}

/// Notes and paths by node.
private struct NoteIndex {
  let notes: [NodeID: WriteNote]
  var paths: [NodeID: String] = [:]
  let source: Mapping?
  let target: Mapping?

  init(_ notes: [WriteNote], _ trees: [[LeafPaths]], source: Mapping?, target: Mapping?) {
    self.notes = Dictionary(notes.map { ($0.node, $0) }) { _, last in last }
    for tree in trees.joined() { paths.merge(tree.paths) { first, _ in first } }
    self.source = source
    self.target = target
  }

  func rule(of note: WriteNote) -> Rule? {
    let mapping = note.isToHub ? source : target
    guard let rule = note.rule else { return nil }
    return (note.isToHub ? mapping?.toHub : mapping?.fromHub)?.plan.rules[rule]
  }
}

extension WriteNote {
  fileprivate var making: ExplainedField.Making {
    switch kind {
    case .value, .copy: sources.isEmpty ? .fixed : .line
    case .formula, .literal: .formula
    case .reference, .link: .reference
    case .resourceID: .id
    case .fixed, .object, .array, .arrayOfObject, .eachFrame, .eachResource, .noted: .fixed
    }
  }
}
