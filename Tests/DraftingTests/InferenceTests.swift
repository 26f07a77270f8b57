import Diagnostics
import Drafting
import Mapping
import Testing

struct InferenceTests {
  /// The line that a JSON field `f` with these values, one a document, gets.
  private func line(_ values: [String]) throws -> String? {
    let documents = values.map { #"{"f":\#($0)}"# }
    let shape = try InferredShape(documents)
    for document in documents { #expect(shape.diagnostics(Array(document.utf8)) == []) }
    return shape.line("f")
  }

  /// The line that an XML element `f` with these values gets.
  private func xmlLine(_ values: [String]) throws -> String? {
    let documents = values.map { "<r><f>\($0)</f></r>" }
    let shape = try InferredShape(documents)
    for document in documents { #expect(shape.diagnostics(Array(document.utf8)) == []) }
    return shape.line("f")
  }

  private static let zone = "local-time(Europe/Stockholm"
  private static let question = "  # no offset is given: is it this zone's time?"

  @Test(
    "A text has the narrowest type that all its values have",
    arguments: [
      ([#""191212121212""#, #""195704289999""#], "f: personnummer"),
      (
        [#""191212121212""#, #""191212121213""#, #""195704289999""#], "f: string  # 2 of 3 are a personnummer"
      ),
      ([#""SE2321000016-A1B2""#], "f: hsa-id"),
      ([#""2026-11-20T10:15:00Z""#, #""2026-11-20T10:15:00.5+01:00""#], "f: instant"),
      ([#""2026-11-20T10:15:00Z""#, #""2026-11-20""#], "f: instant(partial)"),
      ([#""2026-11-20""#], "f: date"),
      ([#""2026-11""#, #""2026-11-20""#], "f: date(partial)"),
      ([#""2026-11""#], "f: string"),
      ([#""10:15:00""#], "f: time"),
      ([#""2026-11-20T10:15:00""#], "f: \(zone))\(question)"),
      ([#""20261120""#, #""20261121""#], "f: date(YYYYMMDD)"),
      ([#""20261120""#], "f: string  # one value only: a date(YYYYMMDD)?"),
      ([#""20261120""#, #""20261141""#], "f: string"),
      ([#""20261120101500""#, #""20261121101500""#], "f: \(zone), YYYYMMDDhhmmss)\(question)"),
      ([#""https://example.se/a""#, #""urn:oid:1.2""#], "f: uri"),
      ([#""JVBERi0xLjcKJcfsj6IKNSAwIG9iago=""#], "f: base64"),
      ([#""aaaa""#], "f: string"),
      ([#""a\nb""#], "f: text"),
      (["true", "false"], "f: boolean"),
      (["1", "-2"], "f: integer"),
      (["1", "2.50"], "f: decimal"),
      (["1e5"], "f: any  # numbers with exponents, which no type takes"),
      ([#""a""#, "1"], "f: any  # text in 1, number in 1"),
      ([#"{"a":1}"#, #""x""#], "f: any  # an object in 1, a value in 1"),
      ([#""""#], "f?: string  # never filled"),
      (["null"], "f?: any  # never filled"),
      ([#""a""#, "null"], "f?: string  # in 1 of 2"),
      (["[]"], "f*: any  # never filled"),
      (["[1,2]", "[3]", "[4]"], "f+: integer"),
      (["[1,2]", "[3]"], "f*: integer"),
      (["[1]", "[]", "[4]"], "f*: integer"),
      (["{}"], "f: any  # never filled"),
    ])
  func types(_ values: [String], _ expected: String) throws {
    #expect(try line(values) == expected)
  }

  @Test(
    "In XML all is text, and what repeats stands again",
    arguments: [
      (["12", "7"], "f: integer"),
      (["12345", "54321"], "f: string  # always 5 digits"),
      (["007", "12"], "f: string"),
      (["1.5", "12.25"], "f: decimal"),
      (["true", " false "], "f: boolean"),
      (["", "2026-11-20"], "f?: date  # in 1 of 2"),
      (["a</f><f>b", "c"], "f*: string"),
    ])
  func xmlTypes(_ values: [String], _ expected: String) throws {
    #expect(try xmlLine(values) == expected)
  }

  @Test("Few values that come back often are codes; many different ones are texts")
  func codes() throws {
    let few = (0..<12).map { $0 % 3 == 0 ? #""open""# : #""closed""# }
    #expect(try line(few) == "f: code(closed, open)  # 2 values in 12")
    #expect(try line(Array(few.prefix(9))) == "f: code")
    #expect(try line((0..<12).map { #""n\#($0)""# }) == "f: string")
    #expect(try line((0..<12).map { _ in #""two words""# }) == "f: string")
  }

  @Test("Namespaces get prefixes, attributes `$`, and text beside attributes stands under `$`")
  func xml() throws {
    let document = """
      <v:visit xmlns:v="urn:a:visit" xmlns="urn:a:types" id="7"><v:who kind="x">Eva</v:who>
      <where><city xmlns="">Testköping</city></where></v:visit>
      """
    let shape = try InferredShape([document])
    #expect(shape.diagnostics(Array(document.utf8)) == [])
    #expect(
      shape.text.hasSuffix(
        """
        namespaces:
          v: urn:a:visit
          types: urn:a:types
          none: ''
        root: v:visit
        fields:
          $id: integer
          who:
            $: string
            $kind: string
          types:where:
            none:city: string

        """))
  }

  @Test("An element that is a text here and a tree there is a tree with a text")
  func mixedElement() throws {
    let documents = ["<r><f>a</f></r>", "<r><f k='1'/></r>", "<r><f>b<g>c</g>d</f></r>"]
    let shape = try InferredShape(documents)
    for document in documents { #expect(shape.diagnostics(Array(document.utf8)) == []) }
    #expect(shape.line("$") == "$*: string")
  }

  @Test(
    "Any name comes out so that the shape reads it",
    arguments: [
      "first.name", "first name", "urgent?", "all*", "$ref", "a: b", "a #b", "- a", "'", "\\u2028x",
      "\\u0007",
      "ÅÄÖ", "", "true", "\\\"", "a\\\\b", "x:y", "[0]", "{a}", "&a", "!t", "%", "@id", "`",
    ])
  func names(_ name: String) throws {
    let document = #"{"\#(name)":"2026-11-20","other":1}"#
    let shape = try InferredShape([document])
    #expect(shape.diagnostics(Array(document.utf8)) == [])
    let wrong = #"{"\#(name)":"tomorrow","other":1}"#
    #expect(shape.diagnostics(Array(wrong.utf8)).map(\.code) == [.invalidValue], "the field is known")
  }

  @Test("What shapes can't describe is left out, said, and still read")
  func leftOut() throws {
    let documents = [#"{"grid":[[1]],"odd":1}"#, #"{"grid":[],"odd":[1]}"#]
    let shape = try InferredShape(documents)
    for document in documents { #expect(shape.diagnostics(Array(document.utf8)) == []) }
    #expect(shape.text.contains("# `grid` is left out: arrays in arrays have no form in shapes"))
    #expect(shape.text.contains("# `odd` is left out: it is an array in 1, no array in 1"))
  }

  @Test("Values that could be a person's stand nowhere in a draft")
  func discretion() throws {
    let shape = try InferredShape([#"{"pnr":"191212121212","name":"Tolvan Tolvansson"}"#])
    #expect(!shape.text.contains("1912") && !shape.text.contains("Tolvan"))
  }

  @Test(
    "Examples that don't belong together are refused",
    arguments: [
      (["{}", "<a/>"], DiagnosticCode.expectedForm), (["<a/>", "<b/>"], .wrongRoot), (["[1]"], .expectedForm),
      (["{"], .jsonSyntax), ([], .inputEmpty),
    ])
  func refused(_ documents: [String], _ code: DiagnosticCode) {
    let error = #expect(throws: Diagnostic.self) { try InferredShape(documents) }
    #expect(error?.code == code)
  }
}
