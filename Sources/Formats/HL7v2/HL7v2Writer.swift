public import Documents

/// Writes a tree as HL7 v2 in ER7: what ``HL7v2Reader`` read is written as the same bytes, with carriage
/// returns behind segments.
///
/// Below the root, what has a name of three characters is a segment, anything else a group of segments.
/// Delimiters and character set are those of the message's own MSH-1, MSH-2 and MSH-18; without them `|^~\&`
/// and UTF-8. Fields stand in rising order.
public struct HL7v2Writer: Sendable {
  private let spellings: NameSpellings
  private let shapeOf: [NameShape]

  /// What a name is in HL7 v2.
  private enum NameShape {
    case segment
    case group
    case position(Int)

    init(_ name: [UInt8]) {
      if let position = Int(String(decoding: name, as: UTF8.self)), position > 0 {
        self = .position(position)
      } else {
        self = name.count == 3 ? .segment : .group
      }
    }
  }

  /// A writer for forests with these names.
  public init(names: NameTable) {
    spellings = NameSpellings(names) { names.local($0) }
    shapeOf = (0..<names.count).map { NameShape(names.local(NameID($0))) }
  }

  /// Appends one message.
  /// - Throws: a character that the message's character set does not have.
  public func write(
    _ node: NodeID, of forest: borrowing Forest, to out: inout Arena<UInt8>
  ) throws(WritingFault) {
    var run = HL7v2WritingRun(start: out.count)
    try group(node, forest, &run, &out)
  }

  /// One message as bytes.
  public func bytes(_ node: NodeID, of forest: borrowing Forest) throws(WritingFault) -> [UInt8] {
    var out = Arena<UInt8>(capacity: 4096)
    try write(node, of: forest, to: &out)
    return out.withElements { Array($0) }
  }

  private func group(
    _ node: NodeID, _ forest: borrowing Forest, _ run: inout HL7v2WritingRun, _ out: inout Arena<UInt8>
  ) throws(WritingFault) {
    guard forest[node].kind == .object else { return }
    let end = forest[node].end
    var child = node + 1
    while child < end {
      let record = forest[child]
      if case .group = shape(record.name, forest) {
        try group(child, forest, &run, &out)
      } else {
        try segment(child, record, forest, &run, &out)
      }
      child = record.end
    }
  }

  private func segment(
    _ node: NodeID, _ record: Node, _ forest: borrowing Forest, _ run: inout HL7v2WritingRun,
    _ out: inout Arena<UInt8>
  ) throws(WritingFault) {
    run.beginSegment(record.name, at: out.count)
    let isHeader = run.segments == 1
    if isHeader { try run.takeHeader(header(of: node, forest), forest) }
    name(record.name, forest, &out)
    if isHeader { run.writeHeader(to: &out) }
    if record.kind == .object { try fields(node, record, forest, &run, isHeader ? 2 : 0, &out) }
    out.append(UInt8(ascii: "\r"))
  }

  private func fields(
    _ node: NodeID, _ record: Node, _ forest: borrowing Forest, _ run: inout HL7v2WritingRun, _ start: Int,
    _ out: inout Arena<UInt8>
  ) throws(WritingFault) {
    var current = start
    var child = node + 1
    while child < record.end {
      let field = forest[child]
      let position = position(field.name, forest)
      if position > current {
        out.append(repeating: run.delimiters.field, count: position - current)
      } else if position == current, position > start {
        out.append(run.delimiters.repetition)
      }
      if position >= current, position > start {
        current = position
        run.field = position
        try content(child, field, run.delimiters.component, forest, run, &out)
      }
      child = field.end
    }
  }

  /// A value, or its parts with a delimiter between them.
  private func content(
    _ node: NodeID, _ record: Node, _ delimiter: UInt8, _ forest: borrowing Forest, _ run: HL7v2WritingRun,
    _ out: inout Arena<UInt8>
  ) throws(WritingFault) {
    switch record.kind {
    case .null: out.append("\"\"")
    case .string, .number, .boolean: try run.write(record.text, of: forest, to: &out)
    case .object, .array:
      var current = 0
      var child = node + 1
      while child < record.end {
        let part = forest[child]
        let position = position(part.name, forest)
        if position > current {
          out.append(repeating: delimiter, count: position - max(current, 1))
          current = position
          try content(child, part, run.delimiters.subcomponent, forest, run, &out)
        }
        child = part.end
      }
    }
  }
}

// MARK: Names

extension HL7v2Writer {
  private func shape(_ name: NameID, _ forest: borrowing Forest) -> NameShape {
    forest.isForeign(name) ? NameShape(forest.localName(name)) : shapeOf[Int(name)]
  }

  /// 0 for a name that is no number.
  @inline(__always)
  private func position(_ name: NameID, _ forest: borrowing Forest) -> Int {
    if case .position(let position) = shape(name, forest) { position } else { 0 }
  }

  private func name(_ name: NameID, _ forest: borrowing Forest, _ out: inout Arena<UInt8>) {
    guard forest.isForeign(name) else { return spellings.write(name, to: &out) }
    forest.localName(name).withUnsafeBufferPointer { out.append($0) }
  }

  /// The texts of MSH-1, MSH-2 and MSH-18.
  private func header(of node: NodeID, _ forest: borrowing Forest) -> HL7v2WritingRun.Header {
    var header = HL7v2WritingRun.Header()
    for child in forest.children(node) {
      var first = child
      while forest[first].kind == .object, forest[first].end > first + 1 { first += 1 }
      let text = forest[first].text
      switch position(forest[child].name, forest) {
      case 1: header.field = text
      case 2: header.encoding = text
      case 18 where header.characterSet.length == 0: header.characterSet = text
      default: break
      }
    }
    return header
  }
}
