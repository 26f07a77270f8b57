import Diagnostics
import Documents
import Drafting
import Formats
import Mapping
import Testing

/// Files, namespaces and prefixes: XML Schema part 1, sections 4.2 and 3.15.
struct ImportNamespaceTests {
  private static let xs = "xmlns:xs='http://www.w3.org/2001/XMLSchema'"

  @Test("Fields have a prefix only where their namespace is not their parent's")
  func prefixes() throws {
    let imported = try ImportedSchema(
      [
        "schemas/interaction/a.xsd": """
        <xs:schema \(Self.xs) xmlns:core="urn:example:core:3" targetNamespace="urn:example:GetThingsResponder:3"
          elementFormDefault="qualified">
          <xs:import namespace="urn:example:core:3" schemaLocation="../core/../core/b.xsd"/>
          <xs:element name="things"><xs:complexType><xs:sequence>
            <xs:element name="thing" type="core:ThingType"/><xs:element name="code" type="core:CVType"/>
          </xs:sequence></xs:complexType></xs:element>
        </xs:schema>
        """,
        "schemas/core/b.xsd": """
        <xs:schema \(Self.xs) xmlns:tns="urn:example:core:3" targetNamespace="urn:example:core:3"
          elementFormDefault="qualified">
          <xs:include schemaLocation="./chameleon.xsd"/>
          <xs:complexType name="ThingType"><xs:sequence>
            <xs:element name="id" type="tns:Id"/><xs:element name="code" type="tns:CVType"/>
            <xs:element name="part" type="tns:Part"/>
          </xs:sequence></xs:complexType>
          <xs:complexType name="CVType"><xs:sequence><xs:element name="system" type="xs:token"/></xs:sequence>
          </xs:complexType>
        </xs:schema>
        """,
        "schemas/core/chameleon.xsd": """
        <xs:schema \(Self.xs)>
          <xs:simpleType name="Id"><xs:restriction base="xs:int"/></xs:simpleType>
          <xs:complexType name="Part"><xs:sequence><xs:element name="id" type="Id"/>
            <xs:element name="loose" form="qualified" type="Id"/></xs:sequence></xs:complexType>
        </xs:schema>
        """,
      ], root: "things")
    #expect(
      imported.lines == [
        "types:", "  CV:", "    core:system: string", "fields:", "  thing:", "    core:id: integer",
        "    core:code: CV", "    core:part:", "      none:id: integer", "      loose: integer", "  code: CV",
      ])
    #expect(imported.draft.text.contains("namespaces:\n  gtr: urn:example:GetThingsResponder:3\n"))
    #expect(imported.draft.text.contains("  none: ''\n"))
    let document = """
      <g:things xmlns:g="urn:example:GetThingsResponder:3" xmlns:c="urn:example:core:3">
      <g:thing><c:id>1</c:id><c:code><c:system>s</c:system></c:code><c:part><id>2</id><c:loose>3</c:loose></c:part></g:thing>
      <g:code><c:system>s</c:system></g:code></g:things>
      """
    #expect(imported.complaints(about: document) == [])
    for (right, wrong) in [
      "<id>2</id>": "<c:id>2</c:id>", "c:system": "g:system", "<c:id>1</c:id>": "<id>1</id>",
    ] {
      #expect(imported.complaints(about: document.replacing(right, with: wrong)).isEmpty == false, "\(wrong)")
    }
  }

  @Test("Unqualified elements stand in no namespace, and are written so")
  func unqualified() throws {
    let imported = try ImportedSchema(
      [
        "a.xsd": """
        <xs:schema \(Self.xs) targetNamespace="urn:example:orders">
          <xs:element name="order"><xs:complexType><xs:sequence>
            <xs:element name="line" maxOccurs="unbounded"><xs:complexType><xs:sequence>
              <xs:element name="text" type="xs:token"/></xs:sequence>
              <xs:attribute ref="xml:lang"/></xs:complexType></xs:element>
          </xs:sequence></xs:complexType></xs:element>
        </xs:schema>
        """
      ], root: "order")
    #expect(imported.lines == ["fields:", "  none:line+:", "    xml:$lang?: code", "    text: string"])
    let document = "<o:order xmlns:o='urn:example:orders'><line xml:lang='sv'><text>x</text></line></o:order>"
    #expect(imported.complaints(about: document) == [])
    #expect(imported.complaints(about: document.replacing("'sv'", with: "'s  v'")).count == 1)
    var forest = Forest(names: imported.library.names)
    let root = try XMLReader().read(Array(document.utf8), named: "document", into: &forest)
    let written = String(
      decoding: XMLWriter(names: imported.library.names).bytes(root, of: forest), as: UTF8.self)
    #expect(written.contains(" xmlns:orders=\"urn:example:orders\""))
    #expect(written.contains("<line xml:lang=\"sv\"><text>x</text></line></orders:order>"))
  }

  @Test("Types of one name in two namespaces, and types called like a shape's own")
  func names() throws {
    let imported = try ImportedSchema(
      [
        "a.xsd": """
        <xs:schema \(Self.xs) xmlns:ext="urn:e" xmlns="urn:a" targetNamespace="urn:a" elementFormDefault="qualified">
          <xs:import namespace="urn:e" schemaLocation="e.xsd"/>
          <xs:complexType name="code"><xs:attribute name="a" type="xs:int"/></xs:complexType>
          <xs:element name="r"><xs:complexType><xs:sequence>
            <xs:element name="a" type="code"/><xs:element name="b" type="code"/>
            <xs:element name="c" type="ext:code"/><xs:element name="d" type="ext:code"/>
            <xs:element name="e" type="code"/><xs:element ref="ext:e"/>
          </xs:sequence></xs:complexType></xs:element>
        </xs:schema>
        """,
        "e.xsd": """
        <xs:schema \(Self.xs) targetNamespace="urn:e" elementFormDefault="qualified">
          <xs:element name="e" type="xs:int"/>
          <xs:complexType name="code"><xs:attribute name="b" type="xs:int"/></xs:complexType>
        </xs:schema>
        """,
      ], root: "r")
    #expect(
      imported.lines == [
        "types:", "  Code:", "    $a?: integer", "  code_ext:", "    $b?: integer", "fields:", "  a: Code",
        "  b: Code", "  c: code_ext", "  d: code_ext", "  e: Code",
      ])
    #expect(imported.draft.text.contains("  e: Code  # also in urn:e\n"), "paths can't tell them apart")
  }

  @Test("The only element that no other uses is the root")
  func roots() throws {
    func schema(_ second: String) throws -> SchemaImport {
      let text = """
        <xs:schema \(Self.xs)><xs:element name="part" type="xs:int"/><xs:element name="\(second)"><xs:complexType>
        <xs:sequence><xs:element ref="part"/></xs:sequence></xs:complexType></xs:element></xs:schema>
        """
      return try SchemaImport("a.xsd") { $0 == "a.xsd" ? Array(text.utf8) : nil }
    }
    #expect(try schema("whole").onlyRoot == "whole")
    #expect(try schema("whole").rootElements == ["part", "whole"])
    let shape = try schema("WholeThing").shape(root: "WholeThing")
    #expect(shape.name == "whole-thing")
    #expect(shape.root == "WholeThing")
  }
}
