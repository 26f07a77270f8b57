import Diagnostics
import YAML

/// A path as it was written: `visit.identifier[visiba-visit].value`, perhaps with a `*` at its end.
struct PathSource {
  struct Segment {
    let name: String
    let slice: String?
    /// Characters of the whole text.
    let range: Range<Int>
  }

  let text: String
  var segments: [Segment]
  /// Whether it ends in `*`: all elements of the repetition.
  let isEach: Bool
  private let node: YAMLNode
  private let offset: Int

  /// - Parameter offset: where `text` begins in the scalar.
  init(_ text: String, in node: YAMLNode, offset: Int = 0) throws(Diagnostic) {
    self.node = node
    self.offset = offset
    isEach = text.hasSuffix("*")
    self.text = isEach ? String(text.dropLast()) : text
    segments = []
    var start = 0
    for part in Self.parts(self.text) {
      let range = start..<start + part.unicodeScalars.count
      guard let (name, slice) = Self.nameAndSlice(part) else {
        let wrong = node.place(
          of: offset + range.lowerBound..<offset + max(range.upperBound, range.lowerBound + 1))
        throw Diagnostic(
          .expectedForm(what: "a path", form: "names with dots between, `name[slice]`"), at: wrong)
      }
      segments.append(Segment(name: String(name), slice: slice.map(String.init), range: range))
      start = range.upperBound + 1
    }
  }

  /// `identifier[visiba-visit]` as its two parts; `nil` when it is neither a name nor that. Names with dots, spaces or
  /// brackets stand in backticks.
  private static func nameAndSlice(_ part: Substring) -> (Substring, Substring?)? {
    if part.hasPrefix("`"), let end = part.dropFirst().firstIndex(of: "`") {
      let name = part[part.index(after: part.startIndex)..<end]
      let rest = part[part.index(after: end)...]
      return rest.isEmpty ? (name, nil) : slice(in: rest).map { (name, $0) }
    }
    guard let bracket = part.utf8.firstIndex(of: UInt8(ascii: "[")) else {
      return isWord(part) ? (part, nil) : nil
    }
    let name = part[..<bracket]
    return isWord(name) ? slice(in: part[bracket...]).map { (name, $0) } : nil
  }

  private static func slice(in text: Substring) -> Substring? {
    guard text.hasPrefix("["), text.hasSuffix("]") else { return nil }
    let name = text.dropFirst().dropLast()
    return isWord(name) ? name : nil
  }

  private static func isWord(_ text: Substring) -> Bool {
    !text.isEmpty && !text.utf8.contains(where: isSign)
  }

  private static func isSign(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "*"),
      UInt8(ascii: "|"), UInt8(ascii: "="), UInt8(ascii: "`"):
      true
    default: false
    }
  }

  /// Cuts at dots outside brackets and backticks.
  private static func parts(_ text: String) -> [Substring] {
    var parts: [Substring] = []
    var depth = 0
    var isQuoted = false
    var start = text.startIndex
    let bytes = text.utf8
    for index in bytes.indices {
      switch bytes[index] {
      case UInt8(ascii: "`"): isQuoted.toggle()
      case UInt8(ascii: "[") where !isQuoted: depth += 1
      case UInt8(ascii: "]") where !isQuoted: depth -= 1
      case UInt8(ascii: ".") where depth <= 0 && !isQuoted:
        parts.append(text[start..<index])
        start = bytes.index(after: index)
      default: break
      }
    }
    return parts + [text[start...]]
  }

  /// The place of one segment.
  func place(of segment: Segment) -> Place {
    node.place(of: offset + segment.range.lowerBound..<offset + segment.range.upperBound)
  }

  /// The place of all of it.
  var place: Place { node.place(of: offset..<offset + max(1, text.count)) }
}
