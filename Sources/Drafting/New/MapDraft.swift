/// A mapping that is proposed to somebody. Lines that can't stand become comments, so that the rest works.
struct MapDraft {
  /// One line under `both`, `in` or `out`.
  struct Line {
    /// Number among all lines and blocks of the draft.
    let number: Int
    let left: String
    /// `?` when nothing is near.
    var right: String
    var remark = ""
    /// Else it is a comment.
    var isActive: Bool
    /// The hub path in it, for what follows from declaring it.
    var proposal: HubPath?
  }

  /// What stands in order under `both`.
  enum Item {
    case line(Line)
    case block(Block)
  }

  /// The document, or an `each`.
  struct Block {
    let number: Int
    /// The path on the left, `diagnoses*`; empty for the document.
    var path = ""
    /// The names from the root to the repetition.
    var wholePath: [String] = []
    /// For an element of a repetition in the hub: `patient.name[first].given* as item`.
    var elements = ""
    /// What is declared here.
    var resources: [Resource] = []
    var both: [Item] = []
    var `in`: [Line] = []
    var out: [Line] = []
    var isActive = true
    var remark = ""
  }

  /// A resource under `hub` or `each`.
  struct Resource {
    let name: String
    let type: String
    /// `as …` or `where …`; empty when nothing refers to it.
    var tie = ""
    var declaration: String { tie.isEmpty ? type : "\(type) \(tie)" }
  }

  let name: String
  var comments: [String] = []
  var slices: [String] = []
  var root = Block(number: 0)

  /// The text, and for each of its lines the number of what it shows (0 for what belongs to the document).
  func rendered() -> (text: String, numbers: [Int]) {
    var page = MapPage()
    for comment in comments { page.add("# \(comment)", 0) }
    page.add("mapping: \(name)", 0)
    if !root.resources.isEmpty {
      page.add("hub:", 0)
      page.add(root.resources, depth: 1, 0)
    }
    if !slices.isEmpty {
      page.add("slices:", 0)
      for slice in slices { page.add("  \(slice)", 0) }
    }
    page.add(sectionsOf: root, depth: 0)
    return (page.lines.map(\.text).joined(separator: "\n") + "\n", page.lines.map(\.number))
  }
}

/// The lines of a mapping's file while it is written.
struct MapPage {
  private(set) var lines: [(text: String, number: Int)] = []
  /// Inside a block that is a comment as a whole.
  private var isMuted = false

  mutating func add(_ text: String, _ number: Int) {
    lines.append((isMuted ? "# \(text)" : text, number))
  }

  mutating func add(_ resources: [MapDraft.Resource], depth: Int, _ number: Int) {
    let margin = String(repeating: "  ", count: depth)
    let width = (resources.map(\.name.count).max() ?? 0) + 2
    for resource in resources {
      add(margin + (resource.name + ":").filled(width) + resource.declaration, number)
    }
  }

  mutating func add(sectionsOf block: MapDraft.Block, depth: Int) {
    let margin = String(repeating: "  ", count: depth)
    if !block.both.isEmpty {
      add(margin + "both:", block.number)
      for item in block.both {
        switch item {
        case .line(let line): add(line, depth: depth + 1)
        case .block(let inner): add(inner, depth: depth + 1)
        }
      }
    }
    for (name, lines) in [("in", block.in), ("out", block.out)] where !lines.isEmpty {
      add(margin + name + ":", block.number)
      for line in lines { add(line, depth: depth + 1) }
    }
  }

  private mutating func add(_ line: MapDraft.Line, depth: Int) {
    let margin = String(repeating: "  ", count: depth)
    let key = YAMLScalar.written(key: line.left) + ":"
    let right = line.isActive ? YAMLScalar.written(line.right) : line.right
    let text = key.filled(36 - margin.count) + right
    let remark = line.remark.isEmpty ? "" : "  # \(line.remark)"
    add(margin + (line.isActive ? text : "# \(text)") + remark, line.number)
  }

  private mutating func add(_ block: MapDraft.Block, depth: Int) {
    let margin = String(repeating: "  ", count: depth)
    let wasMuted = isMuted
    isMuted = wasMuted || !block.isActive
    let remark = block.remark.isEmpty ? "" : "  # \(block.remark)"
    add(margin + YAMLScalar.written(key: block.path) + ":" + remark, block.number)
    if !block.elements.isEmpty {
      add(margin + "  each: " + YAMLScalar.written(block.elements), block.number)
    } else if block.resources.count == 1, let only = block.resources.first {
      let tie = only.tie.isEmpty ? "" : " \(only.tie)"
      add(margin + "  each: \(only.type) \(only.name)\(tie)", block.number)
    } else {
      add(margin + "  each:", block.number)
      add(block.resources, depth: depth + 2, block.number)
    }
    add(sectionsOf: block, depth: depth + 1)
    isMuted = wasMuted
  }
}

extension String {
  /// Filled with spaces to a width, one at least.
  fileprivate func filled(_ width: Int) -> String {
    self + String(repeating: " ", count: max(1, width - count))
  }
}
