import Diagnostics
import Documents

/// The recursive descent behind ``JSONReader``, a method for each production of RFC 8259.
struct JSONParser: ~Copyable {
  let input: UnsafeBufferPointer<UInt8>
  /// Where the input begins in the forest's text.
  let textBase: Int
  let depthLimit: Int
  var at = 0

  init(input: UnsafeBufferPointer<UInt8>, textBase: Int, depthLimit: Int) {
    self.input = input
    self.textBase = textBase
    self.depthLimit = depthLimit
  }

  mutating func document(into forest: inout Forest) throws(ReadFault) {
    if input.count >= 3, input[0] == 0xEF, input[1] == 0xBB, input[2] == 0xBF { at = 3 }
    skipSpace()
    guard at < input.count else { throw ReadFault(problem: .inputEmpty, offset: 0) }
    try value(name: NameTable.unnamed, depth: 0, into: &forest)
    skipSpace()
    guard at == input.count else { throw expected("the end of the document") }
  }

  private mutating func value(name: NameID, depth: Int, into forest: inout Forest) throws(ReadFault) {
    switch peek {
    case UInt8(ascii: "\""):
      let offset = at
      let text = try string(into: &forest)
      forest.leaf(.string, name: name, text: text, offset: UInt32(truncatingIfNeeded: offset))
    case UInt8(ascii: "{"): try object(name: name, depth: depth, into: &forest)
    case UInt8(ascii: "["): try array(name: name, depth: depth, into: &forest)
    case UInt8(ascii: "t"): try literal("true", .boolean, name, into: &forest)
    case UInt8(ascii: "f"): try literal("false", .boolean, name, into: &forest)
    case UInt8(ascii: "n"): try literal("null", .null, name, into: &forest)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number(name: name, into: &forest)
    default: throw expected("a value")
    }
  }

  private mutating func object(name: NameID, depth: Int, into forest: inout Forest) throws(ReadFault) {
    let node = try enter(.object, name, depth, into: &forest)
    var members = MemberNames(of: node)
    if peek == UInt8(ascii: "}") {
      at += 1
    } else {
      repeat {
        skipSpace()
        try member(of: node, &members, depth: depth, into: &forest)
        skipSpace()
      } while try another(closing: UInt8(ascii: "}"))
    }
    forest.close(node)
  }

  @inline(__always)
  private mutating func member(
    of node: NodeID, _ members: inout MemberNames, depth: Int, into forest: inout Forest
  ) throws(ReadFault) {
    guard peek == UInt8(ascii: "\"") else { throw expected("a member name in quotes") }
    let offset = at
    let name = try memberName(into: &forest)
    guard members.insert(name, in: forest) else {
      let text = String(decoding: forest.localName(name), as: UTF8.self)
      throw ReadFault(problem: .duplicateMember(name: forest.isForeign(name) ? "…" : text), offset: offset)
    }
    skipSpace()
    guard peek == UInt8(ascii: ":") else { throw expected("`:`") }
    at += 1
    skipSpace()
    try value(name: name, depth: depth + 1, into: &forest)
  }

  private mutating func memberName(into forest: inout Forest) throws(ReadFault) -> NameID {
    let text = try string(into: &forest)
    let start = Int(text.start) - textBase
    if start < input.count {
      return forest.intern(UnsafeBufferPointer(rebasing: input[start..<start + Int(text.length)]))
    }
    let unescaped = forest.text.withElements { Array($0[text.indices]) }
    return unescaped.withUnsafeBufferPointer { forest.intern($0) }
  }

  private mutating func array(name: NameID, depth: Int, into forest: inout Forest) throws(ReadFault) {
    let node = try enter(.array, name, depth, into: &forest)
    if peek == UInt8(ascii: "]") {
      at += 1
    } else {
      repeat {
        skipSpace()
        try value(name: NameTable.unnamed, depth: depth + 1, into: &forest)
        skipSpace()
      } while try another(closing: UInt8(ascii: "]"))
    }
    forest.close(node)
  }

  private mutating func enter(
    _ kind: NodeKind, _ name: NameID, _ depth: Int, into forest: inout Forest
  ) throws(ReadFault) -> NodeID {
    guard depth < depthLimit else { throw ReadFault(problem: .tooDeep(limit: depthLimit), offset: at) }
    let node = forest.open(kind, name: name, offset: UInt32(truncatingIfNeeded: at))
    at += 1
    skipSpace()
    return node
  }

  @inline(__always)
  private mutating func another(closing: UInt8) throws(ReadFault) -> Bool {
    let next = peek
    guard next == UInt8(ascii: ",") || next == closing else {
      throw expected(closing == UInt8(ascii: "}") ? "`,` or `}`" : "`,` or `]`")
    }
    at += 1
    return next != closing
  }

  private mutating func literal(
    _ word: StaticString, _ kind: NodeKind, _ name: NameID, into forest: inout Forest
  ) throws(ReadFault) {
    let length = word.utf8CodeUnitCount
    for i in 0..<length where at + i >= input.count || input[at + i] != word.utf8Start[i] {
      throw expected("a value")
    }
    forest.leaf(kind, name: name, text: range(at, length), offset: UInt32(truncatingIfNeeded: at))
    at += length
  }

  private mutating func number(name: NameID, into forest: inout Forest) throws(ReadFault) {
    let start = at
    try skipNumber()
    forest.leaf(
      .number, name: name, text: range(start, at - start), offset: UInt32(truncatingIfNeeded: start))
  }

  @inline(__always)
  private mutating func skipNumber() throws(ReadFault) {
    if peek == UInt8(ascii: "-") { at += 1 }
    if peek == UInt8(ascii: "0") { at += 1 } else { try digits() }
    if peek == UInt8(ascii: ".") {
      at += 1
      try digits()
    }
    if peek | 0x20 == UInt8(ascii: "e") {
      at += 1
      if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { at += 1 }
      try digits()
    }
  }

  private mutating func digits() throws(ReadFault) {
    let start = at
    while peek &- UInt8(ascii: "0") < 10 { at += 1 }
    guard at > start else { throw expected("a digit") }
  }
}

extension JSONParser {
  /// Whether a text is a number and nothing else.
  static func isNumber(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var parser = JSONParser(input: text, textBase: 0, depthLimit: 1)
    return (try? parser.skipNumber()) != nil && parser.at == text.count
  }
}

// MARK: Small steps

extension JSONParser {
  /// The byte here, 0 at the end.
  @inline(__always) var peek: UInt8 { at < input.count ? input[at] : 0 }

  @inline(__always)
  mutating func skipSpace() {
    while at < input.count {
      let byte = input[at]
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
      at += 1
    }
  }

  @inline(__always)
  func range(_ start: Int, _ length: Int) -> TextRange { TextRange(start: textBase + start, length: length) }

  func expected(_ what: String) -> ReadFault {
    ReadFault(problem: .jsonSyntax(expected: at < input.count ? what : what + ", found the end"), offset: at)
  }
}
