import Diagnostics
import Documents
import Formats
import Testing

/// RFC 8259, section by section, through the public reader and writer.
struct JSONTests {
  private let names = NameTableBuilder().build()

  private func rewrite(_ text: String) throws -> String {
    var forest = Forest(names: names)
    let root = try JSONReader().read(Array(text.utf8), named: "test", into: &forest)
    return String(decoding: JSONWriter(names: names).bytes(root, of: forest), as: UTF8.self)
  }

  private func refusal(_ bytes: [UInt8], limits: ReadingLimits = ReadingLimits()) -> (Problem, Place)? {
    var forest = Forest(names: names)
    do throws(Diagnostic) {
      _ = try JSONReader(limits: limits).read(bytes, named: "test", into: &forest)
      return nil
    } catch {
      return (error.problem, error.place)
    }
  }

  @Test(
    "What is read is written the same",
    arguments: [
      "{}", "[]", "\"\"", "0", "-0.10", "1E+2", "12345678901234567890.12345678901234567890", "true", "null",
      "{\"b\":1,\"a\":[{\"x\":null},[],{}]}", "\"åäö 😀\"", "[1.50,1.5]", "{\"\":\"empty name\"}",
    ])
  func roundTrip(_ text: String) throws {
    #expect(try rewrite(text) == text)
  }

  @Test("7: escapes are read, and only the needed ones written")
  func escapes() throws {
    #expect(try rewrite(#""\u00e5\ud83d\ude00\/\n\u0001\"""#) == #""å😀/\n\u0001\"""#)
    #expect(try rewrite(#"{"\u0061":1}"#) == #"{"a":1}"#)
  }

  @Test("7: an escape is found wherever it stands", arguments: 0..<20)
  func escapedAt(place: Int) throws {
    let around = (String(repeating: "a", count: place), String(repeating: "b", count: 19 - place))
    for escape in [#"\""#, #"\\"#, #"\u0007"#, #"\t"#] {
      let text = "\"\(around.0)\(escape)\(around.1)\""
      #expect(try rewrite(text) == text)
    }
  }

  @Test("2: white space and a byte order mark mean nothing")
  func whiteSpace() throws {
    #expect(try rewrite("\u{FEFF} { \"a\" :\t[ 1 ,\r\n2 ] } ") == "{\"a\":[1,2]}")
  }

  @Test(
    "What RFC 8259 does not allow is refused where it stands",
    arguments: [
      ("{\"a\":1,}", 8), ("[1,]", 4), ("01", 2), ("+1", 1), (".5", 1), ("1.", 3), ("1e", 3), ("nul", 1),
      ("'a'", 1),
      ("{a:1}", 2), ("\"\t\"", 2), ("\"\\x\"", 3), ("[1 2]", 4), ("{} {}", 4), ("\"abc", 5), ("NaN", 1),
      ("[", 2),
      ("\"\\ud800\"", 8), ("\"\\ud800\\u0041\"", 14), ("tru\u{0}", 1), ("{\"a\" 1}", 6),
    ])
  func refused(_ text: String, _ column: Int) throws {
    let (problem, place) = try #require(refusal(Array(text.utf8)))
    guard case .jsonSyntax = problem else { Issue.record("\(problem)"); return }
    #expect(place.line == 1)
    #expect(place.column == column)
    #expect(place.excerpt == nil, "a message is never quoted")
  }

  @Test("4: a member that stands twice is refused, among few and among many")
  func duplicates() throws {
    let few = try #require(refusal(Array("{\"a\":1,\n \"a\":2}".utf8)))
    guard case .duplicateMember = few.0 else { Issue.record("\(few.0)"); return }
    #expect(few.1.line == 2 && few.1.column == 2)
    let members = (0..<2000).map { "\"m\($0)\":0" }
    #expect(refusal(Array("{\(members.joined(separator: ","))}".utf8)) == nil)
    #expect(refusal(Array("{\(members.joined(separator: ",")),\"m7\":1}".utf8)) != nil)
    #expect(refusal(Array("{\"a\":{\"a\":{\"a\":1}},\"b\":2}".utf8)) == nil)
  }

  @Test("Depth and size have limits")
  func limits() throws {
    let bomb = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
    #expect(try #require(refusal(bomb)).0 == .tooDeep(limit: 64))
    #expect(refusal(Array(("[" + "[]" + "]").utf8), limits: ReadingLimits(depth: 2)) == nil)
    #expect(
      try #require(refusal(Array("[1,2]".utf8), limits: ReadingLimits(bytes: 4))).0
        == .inputTooLarge(limit: 4))
    #expect(try #require(refusal([])).0 == .inputEmpty)
  }

  @Test(
    "8.1: only UTF-8 is read",
    arguments: [
      [0xFF], [0xC3], [0xC0, 0x80], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80],
      [0xF0, 0x8F, 0xBF, 0xBF],
      [0xE5, 0x28],
    ] as [[UInt8]])
  func notUTF8(_ bytes: [UInt8]) throws {
    let text = [UInt8(ascii: "\"")] + bytes + [UInt8(ascii: "\"")]
    #expect(try #require(refusal(text)).0 == .notUTF8)
  }

  @Test("Every cut of a document is refused with a place inside it")
  func truncation() throws {
    let text = Array("{\"visit\":{\"id\":\"V1\",\"t\":[1.5e3,true,null]},\"n\":\"å\\n\"}".utf8)
    for length in 0..<text.count {
      let (_, place) = try #require(refusal(Array(text.prefix(length))), "cut at \(length)")
      #expect(place.column <= length + 1)
    }
  }

  @Test("After an error nothing is left behind")
  func nothingHalfDone() throws {
    var forest = Forest(names: names)
    #expect(throws: Diagnostic.self) {
      try JSONReader().read(Array("{\"a\":[1,2".utf8), named: "x", into: &forest)
    }
    #expect(forest.next == 0)
  }
}
