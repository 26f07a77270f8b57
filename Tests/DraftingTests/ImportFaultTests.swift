import Diagnostics
import Drafting
import Testing

/// What is wrong with a schema is told with its place.
struct ImportFaultTests {
  private func fault(_ files: KeyValuePairs<String, String>, root: String = "r") -> Diagnostic? {
    do {
      _ = try ImportedSchema(files, root: root)
      return nil
    } catch {
      return error as? Diagnostic
    }
  }

  private func told(_ files: KeyValuePairs<String, String>, root: String = "r") -> String {
    guard let fault = fault(files, root: root) else { return "nothing" }
    return "\(fault.place.file):\(fault.place.line):\(fault.place.column): \(fault.problem.wording.title)"
  }

  @Test("A file that is missing is told where it is asked for")
  func missingFile() {
    #expect(told([:]) == ":1:1: the file can't be read")
    #expect(
      told(["x/a.xsd": schema("<xs:include schemaLocation='../b.xsd'/>")])
        == "x/a.xsd:3:1: the file can't be read")
  }

  @Test("Malformed XML, a document type, and what is no schema")
  func noSchema() {
    #expect(told(["a.xsd": "<xs:schema"]).hasPrefix("a.xsd:1:"))
    #expect(fault(["a.xsd": "<!DOCTYPE x><x/>"])?.code == .doctypeRefused)
    #expect(told(["a.xsd": "<schema/>"]) == "a.xsd:1:1: this can't be read as an XML schema")
    #expect(
      told(["a.xsd": schema("<xs:redefine schemaLocation='b.xsd'/>")]).hasPrefix(
        "a.xsd:3:1: this can't be read"))
  }

  @Test("A name that nothing declares is told with near names, wherever it stands")
  func unknownNames() {
    let types = "<xs:complexType name='Foo'/>"
    #expect(
      told(["a.xsd": schema(types + "\n<xs:element name='r' type='t:Fooo'/>")])
        == "a.xsd:4:1: the schema has no type `Fooo` in urn:test")
    #expect(
      fault(["a.xsd": schema(types + "<xs:element name='r' type='t:Fooo'/>")])?.problem
        == .unknownInSchema(what: "type", name: "Fooo", namespace: "urn:test", near: ["Foo"]))
    for content in [
      "<xs:group ref='t:g'/>", "<xs:attributeGroup ref='t:g'/>", "<xs:attribute ref='t:g'/>",
      "<xs:sequence><xs:element ref='t:g'/></xs:sequence>", "<xs:attribute name='a' type='xs:strin'/>",
      "<xs:complexContent><xs:extension base='t:g'/></xs:complexContent>",
    ] {
      let element = "<xs:element name='r'><xs:complexType>\(content)</xs:complexType></xs:element>"
      #expect(fault(["a.xsd": schema(element)])?.code == .unknownInSchema, "\(content)")
    }
    #expect(fault(["a.xsd": schema("<xs:element name='r' type='u:Foo'/>")])?.code == .undeclaredPrefix)
    #expect(
      fault(["a.xsd": schema("<xs:element name='r' type='xs:int'/>")], root: "q")?.code == .unknownInSchema)
  }

  @Test(
    "A definition by itself is told, not followed for ever",
    arguments: [
      "<xs:element name='r' type='t:A'/><xs:simpleType name='A'><xs:restriction base='t:A'/></xs:simpleType>",
      """
      <xs:element name='r' type='t:A'/>
      <xs:complexType name='A'><xs:complexContent><xs:extension base='t:B'/></xs:complexContent></xs:complexType>
      <xs:complexType name='B'><xs:complexContent><xs:extension base='t:A'/></xs:complexContent></xs:complexType>
      """,
      """
      <xs:element name='r'><xs:complexType><xs:group ref='t:g'/></xs:complexType></xs:element>
      <xs:group name='g'><xs:sequence><xs:group ref='t:g'/></xs:sequence></xs:group>
      """,
      "<xs:element name='r' substitutionGroup='t:r'/>",
    ])
  func definedByItself(_ content: String) {
    #expect(fault(["a.xsd": schema(content)])?.code == .definedByItself)
  }
}
