import Documents

/// Makes the documents and the Bundles that the laws of one mapping are tried with.
struct LawSamples {
  private let checked: CheckedMapping
  private var documents: Sampler
  private var bundles: HubSampler

  init(_ checked: CheckedMapping, _ shapes: ShapeLibrary, _ tables: TableLibrary, seed: UInt64) {
    self.checked = checked
    documents = Sampler(shapes, tables, isXML: checked.shape.format.isPlain, seed: seed)
    bundles = HubSampler(checked, shapes, tables, seed: seed)
    bundles.sampler.habits.depth = 3
    documents.values.telling = checked.resources.flatMap(\.source.tellingValues).uniqued()
    bundles.sampler.values.telling = checked.scope.formatSource.tellingValues.uniqued()
  }

  /// Sparse and full documents in turn: some lines hold only when others are silent.
  mutating func setHabits(_ number: Int) {
    let touched = [100, 96, 80, 50][number % 4]
    // The least document has what its shape demands and no more; of a hub's resources that is mostly refused.
    documents.habits.touched = number % 16 == 13 ? 0 : touched
    documents.habits.others = [67, 0, 30][number % 3]
    bundles.sampler.habits.touched = touched
    bundles.sampler.habits.likely = 99
    let carelessness = [0, 0, 25][number % 3]
    documents.values.carelessness = carelessness
    bundles.sampler.values.carelessness = carelessness
    bundles.sampler.habits.others = [0, 10, 2][number % 3]
  }

  /// From now on open texts of documents are often values of these types.
  mutating func disguise(as types: [ScalarType]) { documents.values.guises = types }

  /// From now on documents say all that their shape lets them say.
  mutating func fillDocuments() {
    documents.habits = Sampler.Habits(touched: 100, others: 100)
    documents.values.carelessness = 0
  }

  /// Adds the sample with which a law begins and returns its root.
  mutating func make(_ law: Law, into forest: inout Forest) -> NodeID {
    guard law == .document else { return bundles.next(into: &forest) }
    let start = forest.next
    let wish = Wish(source: checked.scope.formatSource, target: checked.scope.formatTarget)
    documents.object(checked.shape.root, name: checked.shape.rootName, wish, depth: 0, into: &forest)
    return start
  }
}

extension SourceNode {
  /// The fixed values of the slices that lines read here or below.
  fileprivate var tellingValues: [String] {
    edges.flatMap { edge in
      (edge.step.selector.slice?.fixed ?? []).flatMap(\.values) + edge.node.tellingValues
    }
  }
}

extension FixedValue {
  fileprivate var values: [String] { (value.map { [$0] } ?? []) + below.flatMap(\.values) }
}

extension [String] {
  /// Each once, in order, so that the same seed makes the same samples.
  fileprivate func uniqued() -> [String] { Set(self).sorted() }
}
