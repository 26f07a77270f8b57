import Diagnostics
import Foundation
import Mapping
import Testing

/// How files of each kind are laid out, example by example.
struct FormattingTests {
  private func format(_ text: String) throws -> String {
    let formatted = try ConfigurationFormat.format(text, file: "a.map.yaml")
    #expect(try ConfigurationFormat.format(formatted, file: "a.map.yaml") == formatted, "once is enough")
    return formatted
  }

  @Test("Lines share a column over all blocks, and a long key pushes only its neighbours")
  func columns() throws {
    let written = """
      mapping: a/b
      both:
          a: x.a
          bbb:    x.b
          c*:
              each: Condition c
              both:
                 d  :  c.d
      in:
        patient.identifier[person-number].system: = 'a'
        patient.identifier[person-number].value: = 'b'

        patient.identifier[person-number].systems: = 'c'
      """
    #expect(
      try format(written) == """
        mapping: a/b
        both:
          a:     x.a
          bbb:   x.b
          c*:
            each: Condition c
            both:
              d: c.d
        in:
          patient.identifier[person-number].system: = 'a'
          patient.identifier[person-number].value:  = 'b'

          patient.identifier[person-number].systems: = 'c'

        """)
  }

  @Test("Names under hub, each, when and with are aligned block by block")
  func declarations() throws {
    let written = """
      mapping: a/b
      hub:
        a: Patient
        bcd: Encounter
      both:
        c*:
          each:
            d: Condition
            ef: Patient
          when:
            in: = a
            out: = b
      """
    let lines = try format(written).split(separator: "\n")
    #expect(lines[2...3] == ["  a:   Patient", "  bcd: Encounter"])
    #expect(lines[7...8] == ["      d:  Condition", "      ef: Patient"])
    #expect(lines[10...11] == ["      in:  = a", "      out: = b"])
  }

  @Test("A pipe has one space at each side, but not in a formula or in quotes")
  func pipes() throws {
    let written = """
      mapping: a/b
      both:
        a: x|t  |  prefix('a|b')
        b: "x|t"
      in:
        c: = a|b
      """
    #expect(try format(written).contains("  a: x | t | prefix('a|b')\n  b: \"x|t\"\n"))
    #expect(try format(written).contains("  c: = a|b\n"))
  }

  @Test("In shapes a value stands one space behind its colon")
  func shapes() throws {
    #expect(
      try format("shape: a/b\nfields:\n   a?:    string\n   b :\n     c:\tcode(a,b)\n")
        == "shape: a/b\nfields:\n  a?: string\n  b:\n    c: code(a,b)\n")
  }

  @Test("A comment above something is indented like it, one that closes a block like the block")
  func commentMargins() throws {
    let written = """
      # top
      shape: a/b
         # odd
      fields:
       # above
          a: string
          # closes the block
          b:
              c: string
              # closes the inner block
           # closes the outer block
      # above the key
      closed: true
        # the end
      """
    #expect(
      try format(written) == """
        # top
        shape: a/b
        # odd
        fields:
          # above
          a: string
          # closes the block
          b:
            c: string
            # closes the inner block
          # closes the outer block
        # above the key
        closed: true
        # the end

        """)
  }

  @Test("Comments in one column stay in one, with their distance and two spaces at least")
  func commentColumns() throws {
    let written = """
      shape: a/b # close
      fields:
          a: string         # one
          bc:     string    # two
          d: string         # three
          efg: string  # alone
      """
    #expect(
      try format(written) == """
        shape: a/b  # close
        fields:
          a: string     # one
          bc: string    # two
          d: string     # three
          efg: string  # alone

        """)
  }

  @Test("A # in quotes, in a word or in a text behind | begins no comment")
  func noComments() throws {
    let written = """
      case: "a #b"   # c
      from: a#b
      to: {a: 'x # y'}#z
      id: |   # header
          # text
            more

          end # text
      # comment
      """
    #expect(
      try format(written) == """
        case: "a #b"   # c
        from: a#b
        to: {a: 'x # y'}  #z
        id: |   # header
          # text
            more

          end # text
        # comment

        """)
  }

  @Test("A comment behind a text stays a comment, and does not become text")
  func commentBehindText() throws {
    #expect(try format("case:\n |+\n    text\n  # comment\n") == "case:\n  |+\n  text\n# comment\n")
  }

  @Test("Lists and collections in brackets are indented by their depth, texts over lines by their block")
  func otherForms() throws {
    let written = """
      uses: [a,
           b, {c: d,
             e: f}, # comment
                 # and another
         g
          ]
      to:
      -   a:  1
          b: 2
      -
       - x
       -   - y
      id: one
           two

           three
      case: 'one
        # two'
      keep: |2+
           deep


      """
    #expect(
      try format(written) == """
        uses: [a,
          b, {c: d,
            e: f},  # comment
          # and another
          g
        ]
        to:
          - a: 1
            b: 2
          -
            - x
            - - y
        id: one
          two

          three
        case: 'one
          # two'
        keep: |2+
             deep


        """)
  }

  @Test(
    "Space at the ends of lines goes, so do empty lines in a row, tabs, carriage returns and a byte order mark"
  )
  func emptyLines() throws {
    #expect(
      try format("\u{FEFF}\n\ncase: a  \r\n\r\n \t\r\n\r\nfrom: b\t\r\nto:\n\n\n")
        == "case: a\n\nfrom: b\nto:\n")
  }

  @Test(
    "What can't be read, or not be laid out with the same meaning, is refused",
    arguments: [
      ("a: [", DiagnosticCode.yamlSyntax), ("a: b\na: c", .duplicateKey), ("", .expectedForm),
      ("? a\n: b", .expectedForm), ("a: &b c", .expectedForm), ("a: b\n---\nc: d", .expectedForm),
      ("a: |\n  b\u{2028}  c\n", .expectedForm), ("a: |\n  b", .expectedForm),
    ])
  func refusals(_ text: String, _ code: DiagnosticCode) {
    let error = #expect(throws: Diagnostic.self) {
      try ConfigurationFormat.format(text, file: "a.map.yaml")
    }
    #expect(error?.code == code)
  }
}
