import Drafting
import Testing

/// Simple types and given values: XML Schema part 2, and part 1 section 3.3.
struct ImportTypeTests {
  /// The type that a field gets, with its remark.
  private func drafted(_ type: String, _ definitions: String = "") throws -> String {
    let imported = try ImportedSchema(
      [
        "a.xsd": schema(
          "<xs:element name='r'><xs:complexType><xs:sequence><xs:element name='f' type='\(type)'/>"
            + "</xs:sequence></xs:complexType></xs:element>" + definitions)
      ], root: "r")
    let line = imported.draft.text.split(separator: "\n").last ?? ""
    return String(line.dropFirst("  f: ".count))
  }

  private func restricted(_ base: String, _ facets: String) throws -> String {
    try drafted(
      "t:S",
      "<xs:simpleType name='S'><xs:restriction base='\(base)'>\(facets)</xs:restriction></xs:simpleType>")
  }

  @Test(
    "A built-in type becomes one that reads all of its values",
    arguments: [
      ("string", "text"), ("token", "string"), ("normalizedString", "string"), ("NMTOKEN", "code"),
      ("boolean", "boolean"), ("unsignedByte", "integer"), ("decimal", "decimal"),
      ("double", "code  # xs:double"),
      ("dateTime", "code  # xs:dateTime"), ("date", "code  # xs:date"), ("anyURI", "code  # xs:anyURI"),
      ("base64Binary", "base64"), ("IDREFS", "text"), ("anySimpleType", "text"), ("anyType", "any"),
    ])
  func builtIn(_ type: String, _ expected: String) throws {
    #expect(try drafted("xs:" + type) == expected)
  }

  @Test(
    "Patterns make dates, times and codes evident, and stay patterns otherwise",
    arguments: [
      (#"(19|20)\d\d(0[1-9]|1[012])(0[1-9]|[12][0-9]|3[01])"#, "date(YYYYMMDD)"),
      (
        #"(19|20)\d\d(0[1-9]|1[012])(0[1-9]|[12][0-9]|3[01])(0[0-9]|1[0-9]|2[0123])([0-5])([0-9])([0-5])([0-9])"#,
        "local-time(Europe/Stockholm, YYYYMMDDhhmmss)"
      ),
      (
        #"-?([1-9][0-9]{3}|0[0-9]{3})((0[1-9]|1[0-2])((0[1-9]|[12][0-9]|3[01]))?)?"#,
        "date(YYYYMMDD, partial)"
      ),
      ("true|false", "code(true, false)"), (#"\d{8}"#, #"pattern(\d{8})"#),
      ("[0-9]{8}[0-9pPtTfF][0-9]{3}", "pattern([0-9]{8}[0-9pPtTfF][0-9]{3})"),
      (#"[^\s]+"#, #"pattern([^\s]+)"#), ("20[0-9]{6}|unknown", "pattern(20[0-9]{6}|unknown)"),
      // An anchor is an ordinary character to XML Schema; `-[` takes characters away; neither is ours.
      ("^[0-9]{8}$", "text"), ("[a-z-[aeiou]]", "text"), (#"\i\c*"#, "text"), ("[a-z]* #", "text"),
    ])
  func patterns(_ pattern: String, _ expected: String) throws {
    #expect(try restricted("xs:string", "<xs:pattern value='\(pattern)'/>") == expected)
  }

  @Test("Enumerations are codes when all of them can be written, also of several steps and unions")
  func enumerations() throws {
    func listed(_ values: String...) -> String { values.map { "<xs:enumeration value='\($0)'/>" }.joined() }
    #expect(try restricted("xs:string", listed("a", "b c")) == "code(a, b c)")
    #expect(try restricted("xs:int", listed("1", "2")) == "code(1, 2)")
    #expect(try restricted("xs:string", listed("a", "b, c")) == "text")
    #expect(try restricted("xs:token", listed("f(x)")) == "string")
    #expect(try restricted("xs:decimal", listed("1.0")) == "decimal")
    let two = """
      <xs:simpleType name="A"><xs:restriction base="xs:string">\(listed("a", "b"))</xs:restriction></xs:simpleType>
      <xs:simpleType name="B"><xs:restriction base="t:A"><xs:maxLength value="1"/></xs:restriction></xs:simpleType>
      <xs:simpleType name="C"><xs:restriction base="t:A">\(listed("b"))</xs:restriction></xs:simpleType>
      <xs:simpleType name="U"><xs:union memberTypes="t:A"><xs:simpleType><xs:restriction base="xs:string">
        \(listed("c"))</xs:restriction></xs:simpleType></xs:union></xs:simpleType>
      <xs:simpleType name="V"><xs:union memberTypes="t:A xs:string"/></xs:simpleType>
      <xs:simpleType name="L"><xs:list itemType="t:A"/></xs:simpleType>
      """
    for (type, expected) in [
      "B": "code(a, b)", "C": "code(b)", "U": "code(a, b, c)", "V": "text", "L": "text",
    ] {
      #expect(try drafted("t:" + type, two) == expected)
    }
  }

  @Test("What may be empty or nil may stay away, and what is fixed is written as its value")
  func given() throws {
    let imported = try ImportedSchema(
      [
        "a.xsd": schema(
          """
          <xs:complexType name="Inner"><xs:sequence><xs:element name="a" type="xs:int"/></xs:sequence></xs:complexType>
          <xs:element name="r"><xs:complexType><xs:sequence>
            <xs:element name="nil" type="xs:int" nillable="true"/>
            <xs:element name="nilTree" type="t:Inner" nillable="true"/>
            <xs:element name="inner" type="t:Inner"/>
            <xs:element name="fixed" type="xs:string" fixed="x"/>
            <xs:element name="given" type="xs:int" default="1"/>
            <xs:element name="code"><xs:simpleType><xs:restriction base="xs:string">
              <xs:enumeration value=""/><xs:enumeration value="a"/></xs:restriction></xs:simpleType></xs:element>
          </xs:sequence>
          <xs:attribute name="version" type="xs:string" fixed="1.0"/>
          <xs:attribute name="yes" type="xs:boolean" use="required" fixed="true"/>
          </xs:complexType></xs:element>
          """)
      ], root: "r")
    #expect(
      imported.lines == [
        "fields:", "  $version?: = 1.0", "  $yes: boolean", "  nil?: integer", "  nilTree?:",
        "    a?: integer",
        "  inner:", "    a: integer", "  fixed?: = x", "  given?: integer", "  code?: code(a)",
      ])
    let nothing = "xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:nil='true'"
    let document = """
      <r xmlns='urn:test' yes='1'><nil \(nothing)/><nilTree \(nothing)/><inner><a>1</a></inner><fixed/><given/><code/></r>
      """
    #expect(imported.complaints(about: document) == [])
  }

  @Test("Numbers and base64 in XML may be written in all of XML Schema's ways")
  func spellings() throws {
    let imported = try ImportedSchema(
      [
        "a.xsd": schema(
          """
          <xs:element name="r"><xs:complexType><xs:sequence>
            <xs:element name="i" type="xs:int" minOccurs="0" maxOccurs="unbounded"/>
            <xs:element name="d" type="xs:decimal" minOccurs="0" maxOccurs="unbounded"/>
            <xs:element name="b" type="xs:base64Binary" minOccurs="0" maxOccurs="unbounded"/>
          </xs:sequence></xs:complexType></xs:element>
          """)
      ], root: "r")
    func complaints(_ name: String, _ value: String) -> Int {
      imported.complaints(about: "<r xmlns='urn:test'><\(name)>\(value)</\(name)></r>").count
    }
    for value in ["+5", "007", "-0", "-007", "0", " 5\n"] { #expect(complaints("i", value) == 0, "\(value)") }
    for value in ["+", "5.", "1e3", "--5", "+-5", "0x"] { #expect(complaints("i", value) == 1, "\(value)") }
    for value in [".5", "5.", "+05.50", "-.5", "0.10"] { #expect(complaints("d", value) == 0, "\(value)") }
    for value in [".", "-.", "1.2.3", "1,5", "1.5e3"] { #expect(complaints("d", value) == 1, "\(value)") }
    #expect(complaints("b", "U2x1\n  c3M=") == 0)
    #expect(complaints("b", "U2x1\n  c3M") == 1)
  }

  @Test("Extensions add to their base, restrictions replace its elements and keep its attributes")
  func derivations() throws {
    let imported = try ImportedSchema(
      [
        "a.xsd": schema(
          """
          <xs:complexType name="Base"><xs:sequence><xs:element name="a" type="xs:int" minOccurs="0"/>
            <xs:element name="b" type="xs:int" minOccurs="0"/></xs:sequence>
            <xs:attribute name="x" type="xs:int"/><xs:attribute name="y" type="xs:int"/></xs:complexType>
          <xs:element name="r"><xs:complexType><xs:sequence>
            <xs:element name="more"><xs:complexType><xs:complexContent><xs:extension base="t:Base">
              <xs:sequence><xs:element name="c" type="xs:int"/></xs:sequence><xs:attribute name="z" type="xs:int"/>
            </xs:extension></xs:complexContent></xs:complexType></xs:element>
            <xs:element name="less"><xs:complexType><xs:complexContent><xs:restriction base="t:Base">
              <xs:sequence><xs:element name="a" type="xs:int"/></xs:sequence>
              <xs:attribute name="x" use="prohibited"/><xs:attribute name="y" type="xs:int" use="required"/>
            </xs:restriction></xs:complexContent></xs:complexType></xs:element>
          </xs:sequence></xs:complexType></xs:element>
          """)
      ], root: "r")
    #expect(
      imported.lines == [
        "fields:", "  more:", "    $x?: integer", "    $y?: integer", "    $z?: integer", "    a?: integer",
        "    b?: integer", "    c: integer", "  less:", "    $y: integer", "    a: integer",
      ])
  }

  @Test("Substitutes stand beside their head, and an abstract type names those that documents may say")
  func alternatives() throws {
    let imported = try ImportedSchema(
      [
        "a.xsd": schema(
          """
          <xs:complexType name="Shape" abstract="true"/>
          <xs:complexType name="Circle"><xs:complexContent><xs:extension base="t:Shape"><xs:sequence>
            <xs:element name="radius" type="xs:int"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>
          <xs:element name="head" type="xs:int" abstract="true"/>
          <xs:element name="one" substitutionGroup="t:head"/>
          <xs:element name="two" substitutionGroup="t:one" type="xs:int"/>
          <xs:element name="r"><xs:complexType><xs:sequence>
            <xs:element ref="t:head" maxOccurs="2"/><xs:element name="shape" type="t:Shape"/>
          </xs:sequence></xs:complexType></xs:element>
          """)
      ], root: "r")
    #expect(
      imported.lines == [
        "types:", "  Circle:", "    t:radius: integer", "fields:", "  one*: integer", "  two*: integer",
        "  shape: {}",
      ])
    #expect(imported.draft.text.contains("abstract, xsi:type says which: Circle"))
    let document = """
      <r xmlns='urn:test' xmlns:i='http://www.w3.org/2001/XMLSchema-instance'><two>1</two><one>2</one>
      <shape i:type='Circle'><radius>1</radius></shape></r>
      """
    #expect(imported.complaints(about: document) == [])
  }
}
