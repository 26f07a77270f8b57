import Mapping

/// A field of the drafted shape as the drafted mapping sees it.
struct FormatField {
  /// The names from the root or the element of the nearest repetition down to here.
  let path: [String]
  /// All names from the root.
  let wholePath: [String]
  let repeats: Bool
  let isRequired: Bool
  /// `nil` for an object.
  let type: ScalarType?
  /// The different values of the examples, when they are few.
  let values: [String]
  /// The fields of an object; of a repetition, those of an element.
  let fields: [FormatField]

  /// The path as mappings write it; `nil` when a name has a form that no path can have.
  var text: String? {
    let names = path.map(Self.written)
    return names.contains(nil) ? nil : names.compactMap(\.self).joined(separator: ".")
  }

  static func written(_ name: String) -> String? {
    guard !name.isEmpty, !name.contains("`") else { return nil }
    let isWord = !name.contains { " \t\n[]*|=.".contains($0) } && name.allSatisfy { !$0.isNewline }
    return isWord ? name : "`\(name)`"
  }

  /// The path as diagnostics about what is never written tell it.
  var told: String { wholePath.joined(separator: ".") }

  /// Itself and everything below, repetitions' elements included.
  var all: [FormatField] { [self] + fields.flatMap(\.all) }

  /// The fields of a draft, with the values that were seen.
  static func tree(_ draft: ShapeDraft, _ evidence: ContentEvidence) -> [FormatField] {
    fields(draft.fields, evidence, path: [], whole: [])
  }

  private static func fields(
    _ drafts: [FieldDraft], _ evidence: ContentEvidence, path: [String], whole: [String]
  ) -> [FormatField] {
    drafts.map { draft in
      let local = draft.name.split(separator: ":", maxSplits: 1).last.map(String.init) ?? draft.name
      let field = evidence.fields.first { $0.name.local == draft.name || $0.name.local == local }
      let name = field?.name.local ?? draft.name
      let content = draft.name == "$" ? evidence : field?.content ?? ContentEvidence()
      let repeats = draft.cardinality == .any || draft.cardinality == .some
      var (type, inner) = (ScalarType?.none, [FormatField]())
      switch draft.content {
      case .type(let text): type = ScalarType(parsing: text)
      case .fields(let drafts):
        inner = fields(drafts, content, path: repeats ? [] : path + [name], whole: whole + [name])
      }
      return FormatField(
        path: path + [name], wholePath: whole + [name], repeats: repeats,
        isRequired: draft.cardinality == .one || draft.cardinality == .some, type: type,
        values: content.values.hasTooManyDistinct ? [] : content.values.distinct.keys.sorted(), fields: inner)
    }
  }
}
