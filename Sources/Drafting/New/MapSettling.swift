import Diagnostics
import Mapping

/// Takes back from a drafted mapping what the checker refuses, and adds what it misses, until the draft loads
/// and
/// translates the examples.
struct MapSettling {
  private(set) var draft: MapDraft
  private var tables: [Int: CodeTableDraft]
  private let fields: [FormatField]
  private let knowledge: DraftingKnowledge
  private let placeholders: Placeholders
  private let trial: Trial
  private let shape: String
  private var lastNumber = 1_000_000

  /// Each round takes back or adds something, so this is far more than any draft needs.
  private static let mostRounds = 400

  init(
    _ drafter: MapDrafter, shape: String, trial: Trial, library: ShapeLibrary, knowledge: DraftingKnowledge
  ) {
    draft = drafter.draft
    tables = drafter.tables
    fields = drafter.fields
    self.knowledge = knowledge
    placeholders = Placeholders(library: library, knowledge: knowledge)
    self.trial = trial
    self.shape = shape
  }

  /// The tables that stay, those of lines that wait for them too.
  var tableFiles: [CodeTableDraft] { tables.sorted { $0.key < $1.key }.map(\.value) }

  /// - Throws: what is still wrong when nothing more can be taken back; that is a mistake of the drafting.
  mutating func settle() throws(DiagnosticError) {
    for _ in 0..<Self.mostRounds {
      let (text, numbers) = draft.rendered()
      let diagnostics = trial.diagnostics(shape: shape, map: text, tables: tableFiles)
      guard !diagnostics.isEmpty else { return }
      var isChanged = false
      for diagnostic in diagnostics where mend(diagnostic, numbers) { isChanged = true }
      guard isChanged else { throw DiagnosticError(diagnostics) }
    }
  }

  private mutating func mend(_ diagnostic: Diagnostic, _ numbers: [Int]) -> Bool {
    if case .requiredNeverWritten(let path, _, let direction) = diagnostic.problem {
      return direction == Direction.in.rawValue ? writeHub(path) : writeFormat(path)
    }
    let place = diagnostic.problem.rule ?? diagnostic.place
    guard place.file == trial.mapPath, numbers.indices.contains(place.line - 1) else { return false }
    let number = numbers[place.line - 1]
    return number != 0 && draft.root.takeBack(number, because: diagnostic.problem.wording.title)
  }

  /// A required field of the hub that no line writes gets a value that somebody must look at.
  private mutating func writeHub(_ path: String) -> Bool {
    let name = String(path.prefix { $0 != "." })
    guard let type = draft.root.type(of: name) else { return false }
    if let (target, value) = placeholders.line(for: String(path.dropFirst(name.count + 1)), of: type),
      draft.root.add(line("\(name).\(target)", value, "required in the hub: what is it?"), toBlockOf: name)
    {
      return true
    }
    return draft.root.takeBack(linesTo: name, because: "`\(path)` is required too")
  }

  /// A required field of the format that nothing feeds gets a line that writes nothing: it refuses on the way
  /// out.
  private mutating func writeFormat(_ path: String) -> Bool {
    guard let field = fields.flatMap(\.all).first(where: { $0.told == path }) else { return false }
    let leaf = field.type != nil ? field : field.all.first { $0.type != nil && $0.isRequired && !$0.repeats }
    guard let leaf = leaf ?? field.all.first(where: { $0.type != nil && !$0.repeats }),
      let block = draft.root.block(around: field.wholePath),
      let target = leaf.text(below: block.wholePath, among: fields)
    else { return false }
    return draft.root.add(line(target, "= {}", "required: what in the hub feeds it?"), toBlock: block.number)
  }

  private mutating func line(_ left: String, _ right: String, _ remark: String) -> MapDraft.Line {
    lastNumber += 1
    return MapDraft.Line(number: lastNumber, left: left, right: right, remark: remark, isActive: true)
  }
}

extension FormatField {
  /// The path from a block to here, `[first]` behind the repetitions on the way.
  func text(below block: [String], among fields: [FormatField]) -> String? {
    var parts: [String] = []
    let all = fields.flatMap(\.all)
    for length in (block.count..<wholePath.count).map({ $0 + 1 }) {
      guard let step = all.first(where: { $0.wholePath == Array(wholePath.prefix(length)) }),
        let name = Self.written(step.wholePath[length - 1])
      else { return nil }
      parts.append(step.repeats ? name + "[first]" : name)
    }
    return parts.isEmpty ? nil : parts.joined(separator: ".")
  }
}
