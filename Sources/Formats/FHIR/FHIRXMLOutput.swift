import Diagnostics
import Documents

/// XML as it is written: tags are closed as late as possible, so that empty elements are short.
struct FHIRXMLOutput {
  private(set) var bytes: [UInt8] = []
  private let isPretty: Bool
  private var level = 0
  private var isInTag = false

  init(isPretty: Bool) {
    self.isPretty = isPretty
  }

  static func fault(_ path: String, at offset: UInt32) -> WritingFault {
    WritingFault(problem: .notInEncoding(path: path, encoding: "FHIR's XML"), offset: offset)
  }

  mutating func append(_ text: String) { bytes += text.utf8 }

  /// - Throws: a fault for what is no name in XML: unknown members may be called anything.
  mutating func open(_ name: String, at offset: UInt32) throws(WritingFault) {
    guard Self.isName(name) else { throw Self.fault("…", at: offset) }
    endTag()
    newLine()
    append("<\(name)")
    isInTag = true
    level += 1
  }

  mutating func close(_ name: String) {
    level -= 1
    if isInTag {
      append("/>")
      isInTag = false
    } else {
      newLine()
      append("</\(name)>")
    }
  }

  mutating func attribute(
    _ attribute: String, _ value: String, _ name: String, at offset: UInt32
  ) throws(WritingFault) {
    append(" \(attribute)=\"")
    for scalar in value.unicodeScalars {
      guard let escaped = Self.escaped(scalar) else { throw Self.fault(name, at: offset) }
      bytes += escaped.utf8
    }
    append("\"")
  }

  /// XHTML as it stands in a text.
  /// - Throws: a fault for what is no well-formed element of the name.
  mutating func markup(_ text: String, _ name: String, at offset: UInt32) throws(WritingFault) {
    guard let element = Markup.wellFormed(Array(text.utf8), named: name) else {
      throw Self.fault(name, at: offset)
    }
    endTag()
    newLine()
    bytes += element
  }

  private mutating func endTag() {
    if isInTag { append(">") }
    isInTag = false
  }

  private mutating func newLine() {
    guard isPretty || level == 0 else { return }
    append("\n" + String(repeating: "  ", count: level))
  }

  /// FHIR's names are words of ASCII.
  private static func isName(_ name: String) -> Bool {
    name.utf8.first.map { ScalarBytes.isLetter($0) } ?? false
      && name.utf8.allSatisfy {
        ScalarBytes.isLetter($0) || ScalarBytes.isDigit($0) || "_-.".utf8.contains($0)
      }
  }

  /// `nil` for a character that XML 1.0 does not allow.
  private static func escaped(_ scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "&": "&amp;"
    case "<": "&lt;"
    case ">": "&gt;"
    case "\"": "&quot;"
    case "\t", "\n", "\r": "&#\(scalar.value);"
    case "\u{FFFE}", "\u{FFFF}": nil
    default: scalar.value < 0x20 ? nil : String(scalar)
    }
  }
}

/// Classes of ASCII.
private enum ScalarBytes {
  static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }
  static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
}

extension Markup {
  /// The element of a text that is XHTML; `nil` when it is not well-formed, or another element.
  static func wellFormed(_ text: [UInt8], named name: String) -> [UInt8]? {
    var forest = Forest(names: NameTableBuilder().build(), reserving: text.count)
    guard let root = try? XMLReader(limits: ReadingLimits(depth: 128)).read(text, named: name, into: &forest),
      String(decoding: forest.localName(forest[root].name), as: UTF8.self) == name,
      ["", FHIRXML.xhtml].contains(forest.namespaceURI(forest[root].name))
    else { return nil }
    return standalone(at: Int(forest[root].offset), of: text)
  }
}
