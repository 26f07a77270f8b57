import Documents

extension MappingStudy {
  /// What a translation from one format to another through the hub carries.
  ///
  /// Found by translating documents that are made from the source's shape, and looking which lines carried what; why
  /// something is narrowed follows from the lines.
  /// - Parameter runs: how many documents are made.
  public func losses(from source: Mapping, to target: Mapping, runs: Int = 400) -> LossReport? {
    guard let from = checked(source), let to = checked(target) else { return nil }
    var trial = LossTrial((from, noting(source)), (to, noting(target)), files.shapes)
    var samples = LawSamples(from, files.shapes, files.tables, seed: 1)
    let wanted = Set(files.shapes.fields(of: to.shape.root).compactMap(\.narrowType))
    samples.disguise(as: wanted.sorted { $0.description < $1.description })
    for number in 0..<runs {
      // The first documents say all that can be said.
      if number < runs / 8 { samples.fillDocuments() } else { samples.setHabits(number) }
      trial.run { forest in samples.make(.document, into: &forest) }
    }
    return LossAnalysis(from, to, files, trial.evidence).report
  }
}

extension ShapeField {
  /// Its type, when not every text is a value of it.
  fileprivate var narrowType: ScalarType? {
    guard case .value(let type) = content else { return nil }
    return [.string, .text, .any, .boolean, .integer, .decimal, .base64].contains(type) ? nil : type
  }
}

/// Makes a report of what translations have shown.
private struct LossAnalysis {
  private let source: CheckedMapping
  private let target: CheckedMapping
  private let evidence: LossEvidence
  private let sourceFields: [ShapeField]
  private let targetFields: [ShapeField]
  private let tables: TableLibrary

  init(_ source: CheckedMapping, _ target: CheckedMapping, _ files: CheckedFiles, _ evidence: LossEvidence) {
    self.source = source
    self.target = target
    self.evidence = evidence
    sourceFields = files.shapes.fields(of: source.shape.root)
    targetFields = files.shapes.fields(of: target.shape.root)
    tables = files.tables
  }

  var report: LossReport {
    LossReport(
      source: source.name, target: target.name, fields: sourceFields.compactMap(loss),
      unfed: targetFields.compactMap(unfed), documents: (evidence.made, evidence.accepted))
  }

  // MARK: The source's fields

  private func loss(_ field: ShapeField) -> FieldLoss? {
    guard case .value(let type) = field.content else { return nil }
    if case .fixed = type { return nil }
    let arrows = (evidence.arrows[field.path] ?? []).sorted {
      ($0.path, $0.first, $0.second) < ($1.path, $1.first, $1.second)
    }
    let taken = (evidence.taken[field.path] ?? []).sorted()
    guard !arrows.isEmpty else { return lost(field, type, taken) }
    let best = arrows.map { reasons($0, field, type) }.min { $0.count < $1.count } ?? []
    let isSteady = isSteady(field.path) || best.isEmpty && isTold(byAbsence: arrows) && isParentSteady(field)
    let isWhole = best.isEmpty && isSteady
    return FieldLoss(
      path: field.path, type: type.description, fate: isWhole ? .arrives : .narrowed,
      written: unique(arrows.map(\.path)), hub: unique(arrows.map { source.rules[$0.first].target }),
      reasons: isWhole ? [] : best + (isSteady ? [] : ["not from every document that has it"]),
      rules: unique(arrows.map(\.first)).map { source.rules[$0] }
        + unique(arrows.map(\.second)).map { target.rules[$0] })
  }

  private func lost(_ field: ShapeField, _ type: ScalarType, _ taken: [Int]) -> FieldLoss {
    let conditions = (evidence.conditions[field.path] ?? []).sorted()
    let rules = taken.map { source.rules[$0] }
    let why =
      !conditions.isEmpty
      ? "only a condition looks at it (\(conditions.joined(separator: ", ")))"
      : taken.isEmpty ? "no line of \(source.name) reads it" : "\(target.name) does not read it from the hub"
    return FieldLoss(
      path: field.path, type: type.description, fate: conditions.isEmpty ? .lost : .narrowed, written: [],
      hub: unique(rules.map(\.target)), reasons: [why], rules: rules)
  }

  /// Whether a field arrived from every document that had it.
  private func isSteady(_ path: String) -> Bool {
    evidence.arrived[path, default: 0] >= evidence.seen[path, default: 0]
  }

  /// Whether other fields beside this one arrive always: what they stand in is then not left out.
  private func isParentSteady(_ field: ShapeField) -> Bool {
    let others = sourceFields.filter { $0.parent == field.parent && $0.path != field.path }
      .map(\.path).filter { evidence.arrows[$0] != nil }
    return others.isEmpty || others.contains(where: isSteady)
  }

  /// Whether one of the codes is told by writing nothing, as `true` is where only `false` gets a label.
  private func isTold(byAbsence arrows: [LossEvidence.Arrow]) -> Bool {
    arrows.contains { arrow in
      source.rules[arrow.first].conversions.contains { conversion in
        guard case .table(let name, let direction) = conversion else { return false }
        return tables.tables[name]?.rows(direction).contains { $0.target(direction).isEmpty } ?? false
      }
    }
  }

  private func reasons(
    _ arrow: LossEvidence.Arrow, _ field: ShapeField, _ type: ScalarType
  ) -> [String] {
    let rules = [source.rules[arrow.first], target.rules[arrow.second]]
    var reasons = Narrowing.reasons(type, rules, tables)
    let repetitions = targetFields.first { $0.path == arrow.path }?.repetitions ?? 0
    if repetitions < field.repetitions { reasons.append("only the first of several") }
    return unique(reasons)
  }

  private func unique<T: Hashable>(_ values: [T]) -> [T] {
    var seen: Set<T> = []
    return values.filter { seen.insert($0).inserted }
  }

  // MARK: The target's required fields

  private func unfed(_ field: ShapeField) -> UnfedField? {
    guard field.isRequired, field.parent.isEmpty || evidence.written.contains(field.parent) else {
      return nil
    }
    if case .value(.fixed) = field.content { return nil }
    let isWritten = evidence.written.contains(field.path)
    guard !isWritten || evidence.missing.contains(field.path) else { return nil }
    let sources = evidence.arrows.filter { _, arrows in
      arrows.contains { $0.path == field.path || $0.path.hasPrefix(field.path + ".") }
    }
    return UnfedField(path: field.path, isNeverFed: !isWritten, sources: sources.keys.sorted())
  }
}
