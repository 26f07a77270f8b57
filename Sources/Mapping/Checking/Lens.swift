import Diagnostics

/// A line under `both` as its two directions know it: what the one writes the other reads.
struct Lens {
  /// Its number among the mapping's.
  let number: Int
  /// Where the line's paths stand.
  let formatPlace: Place
  let hubPlace: Place
  let formatPath: String
  let hubPath: String
  /// The cells from which the ways in and out read.
  let format: CellPlace
  let hub: CellPlace
  /// Whether every value comes back as the very text it was; else another value that means the same is right too.
  let isExact: Bool
}

/// The lenses of a document, or of the elements of a repetition.
final class LensBlock {
  /// What one element of a repetition is in the hub.
  enum Elements {
    case frames(depth: Int, listCell: Int, when: Int)
    case resources(Scope)
  }

  /// An `each`.
  struct Repetition {
    let formatDepth: Int
    let formatListCell: Int
    /// The formula that says which elements of the format it is about, or -1.
    let formatWhen: Int
    let hub: Elements
    let block: LensBlock
  }

  var lenses: [Lens] = []
  var repetitions: [Repetition] = []

  /// All lenses, those of repetitions behind their surroundings'.
  var all: [Lens] { lenses + repetitions.flatMap(\.block.all) }
}

extension Conversion {
  /// Whether no two values become one, and none is written another way.
  func isExact(_ tables: TableLibrary) -> Bool {
    switch self {
    case .localToInstant, .instantToLocal, .timestampToInstant, .instantToTimestamp, .timestampToDate: false
    case .table(let name, _):
      tables.tables[name]?.rows.allSatisfy { $0.use == nil && !$0.format.isEmpty && !$0.hub.isEmpty } ?? false
    case .check, .expandDate, .compactDate, .decimalPoint, .decimalComma, .addPrefix, .removePrefix,
      .encodeBase64, .decodeBase64, .negate:
      true
    }
  }
}
