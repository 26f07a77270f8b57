import Diagnostics

/// The cells of one frame while a mapping is compiled: each holds the number of a node that a line reads.
final class FrameLayout {
  /// Cell 0 links a frame to the next of its repetition.
  private(set) var size = 1

  func allocate(_ count: Int = 1) -> Int {
    defer { size += count }
    return size
  }
}

/// A place in a document that lines read, below the document's root or the element of an `each`.
final class SourceNode {
  let content: FieldContent
  let frame: FrameLayout
  /// The cell that receives the node's number, once somebody wants it.
  private(set) var cell: Int?
  /// For `each`: the two cells of the outer frame that hold the first and last frame.
  private(set) var listCell: Int?
  /// What happens to values from here, by line that reads them: what such a value must look like.
  private(set) var conversions: [[Conversion]] = []
  /// The first line that reads here.
  private(set) var place: Place?
  /// Whether what a line writes from here is required wherever the line's surroundings are written.
  var isNeeded = false
  /// Whether what a line writes from here is required beside other values that lines write.
  var isNeededBesides = false
  /// For `each`: whether a formula says which elements it is about.
  var isConditional = false
  private(set) var edges: [(step: Step, node: SourceNode)] = []

  init(_ content: FieldContent, frame: FrameLayout) {
    self.content = content
    self.frame = frame
  }

  /// Notes a line that reads here.
  func read(through conversions: [Conversion], at place: Place) {
    self.conversions.append(conversions)
    if self.place == nil { self.place = place }
  }

  /// The cell of this node, allocated at first use.
  func wantedCell() -> Int {
    if let cell { return cell }
    let new = frame.allocate()
    cell = new
    return new
  }

  /// The node a step further down; `all` opens a frame of its own.
  func descend(_ step: Step, to content: FieldContent) -> SourceNode {
    if let known = edges.first(where: { $0.step.field == step.field && $0.step.selector == step.selector }) {
      return known.node
    }
    let node = SourceNode(content, frame: step.selector.isAll ? FrameLayout() : frame)
    if step.selector.isAll { node.listCell = frame.allocate(2) }
    edges.append((step, node))
    return node
  }
}
