import YAML

/// The two-column table that a mapping file is: its lines under `both`, `in` and `out` at all depths, and the names it
/// declares. Empty for files of other kinds.
struct MappingTable {
  /// One line: a key with a value behind it.
  struct Cell {
    let entry: YAMLNode.Entry
    /// The column at which the key stands when it is laid out.
    let margin: Int

    var line: Int { entry.key.start.line }

    /// The column behind the colon.
    var width: Int { margin + entry.key.end.column - entry.key.start.column + 1 }
  }

  /// The lines.
  private(set) var cells: [Cell] = []
  /// Blocks of names: under `hub`, `each`, `when` and `with`.
  private(set) var declarations: [[Cell]] = []

  init(_ root: YAMLNode) {
    guard root.style == .block, let entries = root.entries,
      entries.contains(where: { $0.name == "mapping" || $0.name == "fragment" })
    else { return }
    block(entries, margin: 0)
  }

  private mutating func block(_ entries: [YAMLNode.Entry], margin: Int) {
    for entry in entries where entry.value.style == .block {
      switch entry.name {
      case "both", "in", "out": lines(entry.value.entries ?? [], margin: margin + 2)
      case "hub", "each", "when", "with":
        declarations.append(Self.cells(entry.value.entries ?? [], margin: margin + 2))
      default: break
      }
    }
  }

  private mutating func lines(_ entries: [YAMLNode.Entry], margin: Int) {
    cells += Self.cells(entries, margin: margin)
    for entry in entries where entry.value.style == .block {
      block(entry.value.entries ?? [], margin: margin + 2)
    }
  }

  private static func cells(_ entries: [YAMLNode.Entry], margin: Int) -> [Cell] {
    entries.filter { !$0.value.isEmpty && $0.value.start.line == $0.key.start.line }
      .map { Cell(entry: $0, margin: margin) }
  }
}
