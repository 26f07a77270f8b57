import Diagnostics
import Documents

/// Sends one sample there, back and there again, and tells which lines did not survive.
struct LawRun: ~Copyable {
  /// A line whose value came back as something else.
  struct Break {
    let lens: Int
    /// What it was and what it became; `nil` for nothing.
    let expected: String?
    let found: String?
  }

  enum Outcome {
    /// The sample is refused, as a message can be, for this reason.
    case refused(Diagnostic?)
    /// All lines hold; these have seen a value.
    case holds([LensValue])
    case breaks([Break])
    /// What was written can't be read again.
    case unreadable(Diagnostic)
  }

  private let mapping: Mapping
  private let resources: HubDocument
  private let lenses: LensBlock
  private let isExact: [Bool]
  private let scopes: [Scope]
  var workspace: Workspace

  init(_ checked: CheckedMapping, _ mapping: Mapping, _ hub: HubDocument, _ names: NameTable) {
    self.mapping = mapping
    resources = hub
    lenses = checked.scope.lenses
    isExact = lenses.all.sorted { $0.number < $1.number }.map(\.isExact)
    scopes = MappingPlanBuilder.allScopes(checked.scope)
    workspace = Workspace(names: names)
  }

  private static let receipt = Receipt(
    received: "2026-11-21T10:15:00+01:00", id: "018f3c1e-0000-7000-8000-000000000001")

  mutating func begin() {
    mapping.begin(named: "sample", receipt: Self.receipt, in: &workspace)
  }

  /// Tries a law with a sample that stands in the workspace.
  mutating func run(_ law: Law, _ sample: NodeID) -> Outcome {
    switch law {
    case .document: document(sample)
    case .hub: hub(sample)
    }
  }

  private mutating func document(_ root: NodeID) -> Outcome {
    do throws(DiagnosticError) {
      let first = try read(root)
      try mapping.writeHub(in: &workspace)
      let firstHub = findHub()
      let back = try mapping.writeFound(in: &workspace)
      return again(first, firstHub) { run throws(DiagnosticError) in
        let second = try run.read(back)
        return (second, try run.readOn())
      }
    } catch {
      return .refused(error.diagnostics.first)
    }
  }

  private mutating func hub(_ bundle: NodeID) -> Outcome {
    do throws(DiagnosticError) {
      try resources.take(bundle, [], in: &workspace)
      let first = findHub()
      let written = try mapping.writeFound(in: &workspace)
      let document = try read(written)
      return again(first, document) { run throws(DiagnosticError) in
        let second = try run.readOn()
        let back = try run.mapping.writeFound(in: &run.workspace)
        return (second, try run.read(back))
      }
    } catch {
      return .refused(error.diagnostics.first)
    }
  }

  /// The second half of the way, which must not fail any more.
  private mutating func again(
    _ first: [LensValue], _ firstOther: [LensValue],
    _ walk: (inout LawRun) throws(DiagnosticError) -> ([LensValue], [LensValue])
  ) -> Outcome {
    do throws(DiagnosticError) {
      let (second, secondOther) = try walk(&self)
      let changed = differences(firstOther, secondOther).map(\.lens)
      // A line that is not exact may write a value another way as long as the other side stays what it was.
      let breaks = differences(first, second).filter { isExact[$0.lens] || changed.contains($0.lens) }
      return breaks.isEmpty ? .holds(first) : .breaks(breaks)
    } catch {
      // That a field is needed only when another is there, no shape can say; nor that the document must say something
      // of the main resource.
      let others = error.diagnostics.filter {
        $0.code != .nothingForRequired && $0.code != .resourceMissing
      }
      return others.first.map(Outcome.unreadable) ?? .refused(error.diagnostics.first)
    }
  }
}

// MARK: Steps

extension LawRun {
  /// Checks a document and reads the lenses.
  private mutating func read(_ root: NodeID) throws(DiagnosticError) -> [LensValue] {
    workspace.cells.truncate(to: 0)
    workspace.frames.truncate(to: 0)
    try mapping.check(root, [], in: &workspace)
    return workspace.documentValues(lenses, mapping.toHub)
  }

  /// Makes the hub of the document that was read and reads the lenses there.
  private mutating func readOn() throws(DiagnosticError) -> [LensValue] {
    workspace.resources.removeAll()
    try mapping.writeHub(in: &workspace)
    return findHub()
  }

  private mutating func findHub() -> [LensValue] {
    mapping.findResources(in: &workspace)
    let scopes = scopes
    return workspace.hubValues(lenses, { scope in scopes.firstIndex { $0 === scope } ?? 0 }, mapping.fromHub)
  }
}

// MARK: Comparing

extension LawRun {
  /// Where two readings differ.
  private func differences(_ first: [LensValue], _ second: [LensValue]) -> [Break] {
    var breaks: [Break] = []
    var (i, j) = (0, 0)
    while i < first.count || j < second.count {
      let (a, b) = (i < first.count ? first[i] : nil, j < second.count ? second[j] : nil)
      if let a, let b, a.stands(where: b) {
        if !isSame(a, b) { breaks.append(self.break(a, b)) }
        (i, j) = (i + 1, j + 1)
      } else if let a, !second[j...].contains(where: { $0.stands(where: a) }) {
        breaks.append(self.break(a, nil))
        i += 1
      } else if let b {
        breaks.append(self.break(nil, b))
        j += 1
      } else {
        i += 1
      }
    }
    return breaks
  }

  private func isSame(_ a: LensValue, _ b: LensValue) -> Bool {
    let (left, right) = (workspace.forest[a.node], workspace.forest[b.node])
    if left.kind == .object || left.kind == .array { return workspace.forest.same(a.node, b.node) }
    return workspace.forest.equal(left.text, right.text)
  }

  private func `break`(_ a: LensValue?, _ b: LensValue?) -> Break {
    Break(
      lens: a?.lens ?? b?.lens ?? 0, expected: a.map { workspace.forest.string($0.node) },
      found: b.map { workspace.forest.string($0.node) })
  }
}
