import Diagnostics
import Documents

/// The one pass behind ``HL7v2Reader``: segments, fields, repetitions, components, sub-components.
struct HL7v2Parser: ~Copyable {
  /// A text that was read, before it is known what it is part of.
  struct Piece {
    let text: TextRange
    let offset: UInt32
    var isNull = false

    var isEmpty: Bool { text.length == 0 && !isNull }
  }

  let input: UnsafeBufferPointer<UInt8>
  /// Where the input begins in the forest's text.
  let textBase: Int
  let positions: PositionNames
  let limits: ReadingLimits
  let delimiters: HL7v2Delimiters
  let characterSet: HL7v2CharacterSet
  let special: ByteSet
  var at: Int

  init(
    input: UnsafeBufferPointer<UInt8>, textBase: Int, positions: PositionNames, limits: ReadingLimits
  ) throws(ReadFault) {
    let header = try HL7v2Header(input)
    self.input = input
    self.textBase = textBase
    self.positions = positions
    self.limits = limits
    delimiters = header.delimiters
    characterSet = header.characterSet
    special = delimiters.special
    at = header.start
  }

  mutating func message(into forest: inout Forest) throws(ReadFault) {
    let root = forest.open(.object, name: NameTable.unnamed, offset: UInt32(truncatingIfNeeded: at))
    var count = 0
    while at < input.count {
      count += 1
      try check(count, limits.segments, "segments")
      try segment(isHeader: count == 1, into: &forest)
      while at < input.count, Self.isLineEnd(input[at]) { at += 1 }
    }
    forest.close(root)
  }

  private mutating func segment(isHeader: Bool, into forest: inout Forest) throws(ReadFault) {
    let start = at
    while at < input.count, at < start + 3, Self.isNameByte(input[at], isFirst: at == start) { at += 1 }
    guard at == start + 3, at == input.count || input[at] == delimiters.field || Self.isLineEnd(input[at])
    else {
      throw fault("a segment: three capital letters or digits", start)
    }
    let name = forest.intern(UnsafeBufferPointer(rebasing: input[start..<at]))
    let node = forest.open(.object, name: name, offset: UInt32(truncatingIfNeeded: start))
    var position = isHeader ? header(into: &forest) : 0
    while peek == delimiters.field, at < input.count {
      at += 1
      position += 1
      try check(position, limits.positions, "fields in a segment")
      try field(positions.name(position, in: &forest), into: &forest)
    }
    forest.close(node)
  }

  /// MSH-1 and MSH-2 are the delimiters themselves; returns the position behind them.
  private mutating func header(into forest: inout Forest) -> Int {
    leaf(Piece(text: range(at, 1), offset: offset(at)), positions.name(1, in: &forest), into: &forest)
    at += 1
    let start = at
    while at < input.count, input[at] != delimiters.field, !Self.isLineEnd(input[at]) { at += 1 }
    let encoding = Piece(text: range(start, at - start), offset: offset(start))
    leaf(encoding, positions.name(2, in: &forest), into: &forest)
    return 2
  }

  private mutating func field(_ name: NameID, into forest: inout Forest) throws(ReadFault) {
    let first = try text(into: &forest)
    if first.isEmpty, peek == delimiters.field { return }
    try repetition(first, name, into: &forest)
    var count = 1
    while isAt(delimiters.repetition) {
      at += 1
      count += 1
      try check(count, limits.repetitions, "repetitions of a field")
      try repetition(try text(into: &forest), name, into: &forest)
    }
  }

  private mutating func repetition(
    _ first: Piece, _ name: NameID, into forest: inout Forest
  ) throws(ReadFault) {
    guard isAt(delimiters.component) || isAt(delimiters.subcomponent) else {
      return leaf(first, name, into: &forest)
    }
    let node = forest.open(.object, name: name, offset: first.offset)
    try component(first, 1, into: &forest)
    var position = 1
    while isAt(delimiters.component) {
      at += 1
      position += 1
      try check(position, limits.positions, "components in a field")
      try component(try text(into: &forest), position, into: &forest)
    }
    forest.close(node)
  }

  private mutating func component(
    _ first: Piece, _ position: Int, into forest: inout Forest
  ) throws(ReadFault) {
    guard isAt(delimiters.subcomponent) else {
      if first.isEmpty, position == 1 || isAt(delimiters.component) { return }
      return leaf(first, positions.name(position, in: &forest), into: &forest)
    }
    let node = forest.open(.object, name: positions.name(position, in: &forest), offset: first.offset)
    if !first.isEmpty { leaf(first, positions.name(1, in: &forest), into: &forest) }
    var position = 1
    while isAt(delimiters.subcomponent) {
      at += 1
      position += 1
      try check(position, limits.positions, "sub-components in a component")
      let next = try text(into: &forest)
      if next.isEmpty, isAt(delimiters.subcomponent) { continue }
      leaf(next, positions.name(position, in: &forest), into: &forest)
    }
    forest.close(node)
  }
}

// MARK: Small steps

extension HL7v2Parser {
  /// The byte here; at the end one that ends everything.
  @inline(__always) var peek: UInt8 { at < input.count ? input[at] : UInt8(ascii: "\r") }

  /// Whether a delimiter stands here. One that the message does not have never does.
  @inline(__always)
  func isAt(_ delimiter: UInt8) -> Bool { peek == delimiter && delimiter != HL7v2Delimiters.none }

  @inline(__always)
  func leaf(_ piece: Piece, _ name: NameID, into forest: inout Forest) {
    forest.leaf(piece.isNull ? .null : .string, name: name, text: piece.text, offset: piece.offset)
  }

  @inline(__always)
  func range(_ start: Int, _ length: Int) -> TextRange { TextRange(start: textBase + start, length: length) }

  @inline(__always)
  func offset(_ index: Int) -> UInt32 { UInt32(truncatingIfNeeded: index) }

  @inline(__always)
  func check(_ count: Int, _ limit: Int, _ what: String) throws(ReadFault) {
    guard count <= limit else { throw ReadFault(problem: .tooMany(what: what, limit: limit), offset: at) }
  }

  func fault(_ expected: String, _ offset: Int) -> ReadFault {
    ReadFault(problem: .hl7Syntax(expected: expected), offset: offset)
  }

  @inline(__always)
  static func isLineEnd(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\n") }

  @inline(__always)
  private static func isNameByte(_ byte: UInt8, isFirst: Bool) -> Bool {
    byte &- UInt8(ascii: "A") < 26 || !isFirst && byte &- UInt8(ascii: "0") < 10
  }
}
