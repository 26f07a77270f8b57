import Drafting
import Testing

/// Content models: XML Schema part 1, sections 3.4 and 3.8.
struct ImportContentTests {
  private func fields(_ content: String) throws -> ImportedSchema {
    try ImportedSchema(
      ["a.xsd": schema("<xs:element name='r'><xs:complexType>\(content)</xs:complexType></xs:element>")],
      root: "r")
  }

  @Test("minOccurs and maxOccurs become cardinalities, multiplied through groups of particles")
  func cardinalities() throws {
    let imported = try fields(
      """
      <xs:sequence>
        <xs:element name="one" type="xs:int"/>
        <xs:element name="optional" type="xs:int" minOccurs="0"/>
        <xs:element name="any" type="xs:int" minOccurs="0" maxOccurs="unbounded"/>
        <xs:element name="some" type="xs:int" maxOccurs="3"/>
        <xs:element name="never" type="xs:int" minOccurs="0" maxOccurs="0"/>
        <xs:sequence maxOccurs="2"><xs:element name="inner" type="xs:int"/></xs:sequence>
        <xs:element name="one" type="xs:int"/>
      </xs:sequence>
      """)
    #expect(
      imported.lines == [
        "fields:", "  one+: integer", "  optional?: integer", "  any*: integer", "  some+: integer",
        "  inner+: integer",
      ])
  }

  @Test("A choice's alternatives are optional, repeated when it repeats, and a remark names them")
  func choices() throws {
    let imported = try fields(
      """
      <xs:sequence>
        <xs:choice>
          <xs:element name="a" type="xs:int"/>
          <xs:sequence><xs:element name="b" type="xs:int"/><xs:element name="c" type="xs:int"/></xs:sequence>
        </xs:choice>
        <xs:choice minOccurs="0" maxOccurs="unbounded">
          <xs:element name="d" type="xs:int"/>
          <xs:element name="e" type="xs:int"/>
        </xs:choice>
        <xs:choice><xs:element name="f" type="xs:int"/></xs:choice>
      </xs:sequence>
      """)
    #expect(
      imported.lines == [
        "fields:", "  a?: integer", "  b?: integer", "  c?: integer", "  d*: integer", "  e*: integer",
        "  f: integer",
      ])
    #expect(imported.draft.text.contains("  a?: integer  # one of a, b + c\n"))
    #expect(imported.draft.text.contains("  d*: integer  # any of d, e\n"))
  }

  @Test("Groups, attribute groups and xs:all are written out; text stands beside attributes")
  func groups() throws {
    let imported = try ImportedSchema(
      [
        "a.xsd": schema(
          """
          <xs:group name="pair"><xs:sequence>
            <xs:element name="a" type="xs:int"/><xs:element name="b" type="xs:int"/>
          </xs:sequence></xs:group>
          <xs:attributeGroup name="both">
            <xs:attribute name="x" type="xs:int" use="required"/><xs:attribute name="y" type="xs:int"/>
          </xs:attributeGroup>
          <xs:element name="r"><xs:complexType>
            <xs:all><xs:element name="amount" minOccurs="0"><xs:complexType><xs:simpleContent>
              <xs:extension base="xs:decimal"><xs:attributeGroup ref="t:both"/></xs:extension>
            </xs:simpleContent></xs:complexType></xs:element>
            <xs:element name="p"><xs:complexType><xs:group ref="t:pair" maxOccurs="unbounded"/></xs:complexType>
            </xs:element></xs:all>
          </xs:complexType></xs:element>
          """)
      ], root: "r")
    #expect(
      imported.lines == [
        "fields:", "  amount?:", "    $x: integer", "    $y?: integer", "    $: decimal", "  p:",
        "    a+: integer",
        "    b+: integer",
      ])
    let document =
      "<r xmlns='urn:test'><amount x='1'>+.50</amount><p><a>1</a><b>2</b><a>3</a><b>04</b></p></r>"
    #expect(imported.complaints(about: document) == [])
    #expect(imported.complaints(about: document.replacing("+.50", with: "+.5x")).count == 1)
  }

  @Test("Mixed content has texts between its elements")
  func mixed() throws {
    let imported = try ImportedSchema(
      [
        "a.xsd": schema(
          """
          <xs:element name="r"><xs:complexType mixed="true"><xs:sequence>
            <xs:element name="b" type="xs:string" maxOccurs="unbounded"/></xs:sequence></xs:complexType></xs:element>
          """)
      ], root: "r")
    #expect(imported.lines == ["fields:", "  $*: text", "  b+: text"])
    #expect(imported.complaints(about: "<r xmlns='urn:test'>one <b>two</b> three <b>four</b></r>") == [])
  }

  @Test("Types that hold themselves, types used once and types used twice")
  func types() throws {
    let imported = try ImportedSchema(
      [
        "a.xsd": schema(
          """
          <xs:element name="r" type="t:RootType"/>
          <xs:complexType name="RootType"><xs:sequence>
            <xs:element name="once" type="t:OnceType"/>
            <xs:element name="first" type="t:TwiceType"/><xs:element name="second" type="t:TwiceType"/>
            <xs:element name="tree" type="t:TreeType"/>
          </xs:sequence></xs:complexType>
          <xs:complexType name="OnceType"><xs:sequence><xs:element name="a" type="xs:int"/></xs:sequence>
          </xs:complexType>
          <xs:complexType name="TwiceType"><xs:sequence><xs:element name="b" type="xs:int"/></xs:sequence>
          </xs:complexType>
          <xs:complexType name="TreeType"><xs:sequence>
            <xs:element name="branch" type="t:TreeType" minOccurs="0" maxOccurs="unbounded"/>
          </xs:sequence></xs:complexType>
          """)
      ], root: "r")
    #expect(
      imported.lines == [
        "types:", "  Twice:", "    b: integer", "  Tree:", "    branch*: Tree", "fields:", "  once:",
        "    a: integer", "  first: Twice", "  second: Twice", "  tree: Tree",
      ])
  }

  @Test("A root that holds itself is a named type too")
  func recursiveRoot() throws {
    let imported = try ImportedSchema(
      [
        "a.xsd": schema(
          """
          <xs:element name="r"><xs:complexType><xs:sequence>
            <xs:element ref="t:r" minOccurs="0"/><xs:element name="a" type="xs:int"/>
          </xs:sequence></xs:complexType></xs:element>
          """)
      ], root: "r")
    #expect(
      imported.lines == [
        "types:", "  r:", "    r?: r", "    a: integer", "fields:", "  r?: r", "  a: integer",
      ])
    #expect(imported.complaints(about: "<r xmlns='urn:test'><r><a>1</a></r><a>1</a></r>") == [])
    #expect(imported.complaints(about: "<r xmlns='urn:test'><r></r><a>1</a></r>").count == 1)
  }

  @Test("Wildcards are told once, and what they let in is kept")
  func wildcards() throws {
    let imported = try fields(
      """
      <xs:sequence><xs:element name="a" type="xs:anyType"/>
        <xs:any namespace="##other" processContents="lax" minOccurs="0"/></xs:sequence>
      <xs:anyAttribute processContents="lax"/>
      """)
    #expect(imported.lines == ["fields:", "  a: any"])
    #expect(imported.draft.text.contains("# The schema allows further elements or attributes (xs:any)"))
    let document = "<r xmlns='urn:test' x='1'><a><b/>text</a><o:x xmlns:o='urn:o'/></r>"
    #expect(imported.complaints(about: document) == [])
  }
}
