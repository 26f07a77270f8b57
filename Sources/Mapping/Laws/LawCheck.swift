import Diagnostics
public import Documents

extension MappingStudy {
  /// Tries both laws of a mapping with documents made at random.
  /// - Parameters:
  ///   - runs: how many documents to make for each law.
  ///   - seed: the same seed makes the same documents.
  ///   - show: writes a document as its format says, for people; the hub's are FHIR's JSON.
  public func laws(
    of mapping: Mapping, runs: Int, seed: UInt64, show: (borrowing Forest, NodeID, Format) -> String
  ) -> LawReport {
    guard let checked = checked(mapping), checked.lensCount > 0 else {
      return LawReport(mapping: mapping.name)
    }
    var check = LawCheck(checked, mapping, library.hub, files.shapes, files.tables, seed: seed)
    for law in Law.allCases { check.run(law, runs: runs, show: show) }
    return check.finished()
  }
}

/// Makes samples for the laws of one mapping, and tells of the first that breaks one.
struct LawCheck: ~Copyable {
  private let checked: CheckedMapping
  private let lenses: [Lens]
  private let format: Format
  private var report: LawReport
  private var run: LawRun
  private var samples: LawSamples
  private var isReached: [Bool]
  /// The lenses that somebody asks about.
  var isAskedFor: (Lens) -> Bool = { _ in true }

  init(
    _ checked: CheckedMapping, _ mapping: Mapping, _ hub: HubDocument, _ shapes: ShapeLibrary,
    _ tables: TableLibrary, seed: UInt64
  ) {
    self.checked = checked
    lenses = checked.scope.lenses.all.sorted { $0.number < $1.number }
    format = mapping.format
    report = LawReport(mapping: mapping.name)
    run = LawRun(checked, mapping, hub, shapes.names)
    samples = LawSamples(checked, shapes, tables, seed: seed)
    isReached = lenses.map { _ in false }
  }

  mutating func run(_ law: Law, runs: Int, show: (borrowing Forest, NodeID, Format) -> String) {
    for number in 0..<runs {
      samples.setHabits(number)
      let before = samples
      run.begin()
      let sample = samples.make(law, into: &run.workspace.forest)
      switch run.run(law, sample) {
      case .refused(let reason):
        if let reason { report.refusals[law, default: [:]][reason.problem.wording.title, default: 0] += 1 }
      case .holds(let values):
        report.proven[law, default: 0] += 1
        for value in values { isReached[value.lens] = true }
      case .breaks(let breaks) where relevant(breaks).isEmpty: continue
      case .breaks, .unreadable:
        samples = before
        tell(law, show)
        report.made[law] = number + 1
        return
      }
    }
    report.made[law] = runs
  }

  /// The report, with what no document reached.
  consuming func finished() -> LawReport {
    var report = report
    guard report.diagnostics.isEmpty else { return report }
    for law in Law.allCases where report.made[law] != nil && report.proven[law] == nil {
      let reason = report.mostFrequentRefusal(law) ?? ""
      report.diagnostics.append(
        Diagnostic(.nothingProven(mapping: report.mapping, way: law.way, reason: reason), at: checked.place))
    }
    if !report.proven.isEmpty {
      for lens in lenses where !isReached[lens.number] {
        report.diagnostics.append(
          Diagnostic(.lineNeverReached(path: lens.formatPath), at: lens.formatPlace))
      }
    }
    return report
  }
}

// MARK: Failures

extension LawCheck {
  /// Makes the failing sample again, finds the smallest one that fails alike, and notes it.
  private mutating func tell(_ law: Law, _ show: (borrowing Forest, NodeID, Format) -> String) {
    var sample = Forest(names: run.workspace.forest.names)
    let root = samples.make(law, into: &sample)
    guard let first = fault(law, ShrunkSample(), root, sample) else { return }
    let smallest = ShrunkSample.smallest(of: root, in: sample) { smaller in
      fault(law, smaller, root, sample)?.isLike(first) ?? false
    }
    guard let fault = fault(law, smallest, root, sample) else { return }
    var shown = Forest(names: sample.names)
    let small = smallest.pour(root, of: sample, into: &shown)
    let problem = Problem.lawBroken(
      way: law.way, expected: fault.expected, found: fault.found, reason: fault.reason,
      document: show(shown, small, law == .document ? format : .json))
    let lens = fault.lens.map { lenses[$0] }
    report.diagnostics.append(Diagnostic(problem, at: lens?.formatPlace ?? fault.rule ?? checked.place))
  }

  private func relevant(_ breaks: [LawRun.Break]) -> [LawRun.Break] {
    var relevant: [LawRun.Break] = []
    for broken in breaks where isAskedFor(lenses[broken.lens]) { relevant.append(broken) }
    return relevant
  }

  private struct Fault {
    var lens: Int?
    var expected: String?
    var found: String?
    var reason: String?
    /// The line that refused what it had written itself.
    var rule: Place?

    func isLike(_ other: Fault) -> Bool { lens == other.lens && reason == other.reason }
  }

  private mutating func fault(
    _ law: Law, _ shrunk: ShrunkSample, _ root: NodeID, _ sample: borrowing Forest
  ) -> Fault? {
    run.begin()
    let copy = shrunk.pour(root, of: sample, into: &run.workspace.forest)
    switch run.run(law, copy) {
    case .refused, .holds: return nil
    case .unreadable(let diagnostic):
      return Fault(reason: diagnostic.problem.wording.title, rule: diagnostic.problem.rule)
    case .breaks(let breaks):
      return relevant(breaks).first.map {
        Fault(lens: $0.lens, expected: $0.expected, found: $0.found)
      }
    }
  }
}
