import Diagnostics
import Documents

/// What translations of generated documents have shown: which field went where, by which lines.
struct LossEvidence {
  /// A field on its way.
  struct Arrow: Hashable {
    /// The source's line, and the target's.
    let first: Int
    let second: Int
    /// The path in the target.
    let path: String
  }

  /// By the source's path: where it arrived.
  var arrows: [String: Set<Arrow>] = [:]
  /// By the source's path: the lines that took it into the hub.
  var taken: [String: Set<Int>] = [:]
  /// By the source's path: the conditions that looked at it.
  var conditions: [String: Set<String>] = [:]
  /// In how many documents that were taken a field stood, and in how many of these it arrived.
  var seen: [String: Int] = [:]
  var arrived: [String: Int] = [:]
  /// The target's paths that were written, leaves and objects.
  var written: Set<String> = []
  /// The target's required paths for which a document had nothing.
  var missing: Set<String> = []
  var made = 0
  var accepted = 0
}

/// Translates documents and keeps what it sees.
struct LossTrial: ~Copyable {
  private let source: Mapping
  private let target: Mapping
  private let shapes: ShapeLibrary
  private let types: (source: TypeID, target: TypeID)
  private var workspace: Workspace
  private(set) var evidence = LossEvidence()

  init(_ source: (CheckedMapping, Mapping), _ target: (CheckedMapping, Mapping), _ shapes: ShapeLibrary) {
    self.source = source.1
    self.target = target.1
    self.shapes = shapes
    types = (source.0.shape.root, target.0.shape.root)
    workspace = Workspace(names: shapes.names)
  }

  private static let receipt = Receipt(received: "2026-11-21T10:15:00+01:00", id: "1")

  /// Translates one document.
  mutating func run(_ make: (inout Forest) -> NodeID) {
    source.begin(named: "sample", receipt: Self.receipt, in: &workspace)
    let made = make(&workspace.forest)
    evidence.made += 1
    do throws(DiagnosticError) {
      try source.check(made, [], in: &workspace)
      try source.writeHub(in: &workspace)
    } catch {
      return
    }
    let root: NodeID
    target.findResources(in: &workspace)
    root = workspace.forest.next
    var isAccepted = true
    do throws(DiagnosticError) {
      _ = try target.writeFound(in: &workspace)
    } catch {
      isAccepted = false
      note(error.diagnostics)
    }
    guard root < workspace.forest.next else { return }
    // HL7 v2 is arranged by the check.
    note(workspace.message.root, root, isAccepted: isAccepted)
  }

  private mutating func note(_ diagnostics: [Diagnostic]) {
    for case .nothingForRequired(let path, _, _) in diagnostics.map(\.problem) {
      evidence.missing.insert(path)
    }
  }

  private mutating func note(_ document: NodeID, _ root: NodeID, isAccepted: Bool) {
    let input = ShapePaths(of: document, types.source, shapes, in: workspace.forest).paths
    let output = ShapePaths(of: root, types.target, shapes, in: workspace.forest).paths
    let notes = Dictionary(workspace.notes.map { ($0.node, $0) }) { _, last in last }
    var arrived: Set<String> = []
    evidence.written.formUnion(output.values)
    for note in workspace.notes where note.isToHub {
      for path in note.sources.compactMap({ input[$0] }) {
        if let rule = note.rule { evidence.taken[path, default: []].insert(rule) }
      }
    }
    for note in workspace.notes where !note.isToHub {
      guard let path = output[note.node], let second = note.rule else { continue }
      for inHub in note.sources.compactMap({ notes[$0] }) {
        for from in inHub.sources.compactMap({ input[$0] }) {
          guard let first = inHub.rule else { continue }
          evidence.arrows[from, default: []].insert(.init(first: first, second: second, path: path))
          arrived.insert(from)
        }
      }
    }
    noteConditions(input, notes)
    guard isAccepted else { return }
    evidence.accepted += 1
    let isValue = { (node: NodeID, forest: borrowing Forest) in
      forest[node].kind != .object && forest[node].kind != .array && forest[node].text.length > 0
    }
    var seen: Set<String> = []
    for (node, path) in input where isValue(node, workspace.forest) { seen.insert(path) }
    for path in seen { evidence.seen[path, default: 0] += 1 }
    for path in arrived { evidence.arrived[path, default: 0] += 1 }
  }

  private mutating func noteConditions(_ input: [NodeID: String], _ notes: [NodeID: WriteNote]) {
    for condition in workspace.conditionsRead {
      let nodes = condition.nodes.flatMap { notes[$0]?.sources ?? [$0] }
      for path in nodes.compactMap({ input[$0] }) {
        evidence.conditions[path, default: []].insert("\(condition.place.file):\(condition.place.line)")
      }
    }
  }
}
