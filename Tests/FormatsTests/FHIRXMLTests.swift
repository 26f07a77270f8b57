import Diagnostics
import Documents
import Formats
import Testing

/// FHIR R4, 2.6: XML and JSON of one resource are one tree.
struct FHIRXMLTests {
  private static let model = FHIRModel(
    types: [
      [
        .init(name: "id", content: .value(.string), repeats: false),
        .init(name: "text", content: .object(2), repeats: false),
        .init(name: "contained", content: .resource, repeats: true),
        .init(name: "extension", content: .object(1), repeats: true),
        .init(name: "active", content: .value(.boolean), repeats: false),
        .init(name: "given", content: .value(.string), repeats: true),
        .init(name: "weight", content: .value(.number), repeats: false),
        .init(name: "name", content: .object(3), repeats: true),
      ],
      [
        .init(name: "id", content: .value(.string), repeats: false),
        .init(name: "extension", content: .object(1), repeats: true),
        .init(name: "url", content: .value(.string), repeats: false),
        .init(name: "valueString", content: .value(.string), repeats: false),
        .init(name: "valueDecimal", content: .value(.number), repeats: false),
      ],
      [
        .init(name: "status", content: .value(.string), repeats: false),
        .init(name: "div", content: .markup, repeats: false),
      ],
      [
        .init(name: "id", content: .value(.string), repeats: false),
        .init(name: "url", content: .value(.string), repeats: false),
        .init(name: "family", content: .value(.string), repeats: false),
      ],
    ],
    resources: ["P": 0], extensionType: 1)

  private func xml(_ json: String) throws -> String {
    var forest = Forest(names: NameTableBuilder().build())
    let root = try JSONReader().read(Array(json.utf8), named: "test", into: &forest)
    let text = String(decoding: try FHIRXMLWriter(Self.model).bytes(root, of: forest), as: UTF8.self)
    return text.replacing("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", with: "").replacing("\n", with: "")
  }

  private func json(_ xml: [UInt8]) throws -> String {
    var forest = Forest(names: NameTableBuilder().build())
    let root = try FHIRXMLReader(Self.model).read(xml, named: "test", into: &forest).root
    return String(decoding: JSONWriter(names: forest.names).bytes(root, of: forest), as: UTF8.self)
  }

  private static let start = #"<P xmlns="http://hl7.org/fhir">"#

  @Test(
    "One resource in both forms",
    arguments: [
      (
        #"{"resourceType":"P","id":"1","active":true,"weight":1.50}"#,
        #"<id value="1"/><active value="true"/><weight value="1.50"/>"#
      ),
      (#"{"resourceType":"P","given":["a"]}"#, #"<given value="a"/>"#),
      (
        #"{"resourceType":"P","given":["a",null,"b"],"_given":[null,{"id":"i"},{"extension":[{"url":"u","valueString":"x"}]}]}"#,
        #"<given value="a"/><given id="i"/><given value="b"><extension url="u"><valueString value="x"/></extension></given>"#
      ),
      (
        #"{"resourceType":"P","_active":{"extension":[{"url":"u","valueDecimal":0.10}]}}"#,
        #"<active><extension url="u"><valueDecimal value="0.10"/></extension></active>"#
      ),
      (
        #"{"resourceType":"P","extension":[{"id":"e","url":"u","extension":[{"url":"v","valueString":"y"}]}]}"#,
        ""
      ),
      (
        #"{"resourceType":"P","name":[{"id":"n","url":"an element here","family":"Ö"}]}"#,
        #"<name id="n"><url value="an element here"/><family value="Ö"/></name>"#
      ),
      (
        #"{"resourceType":"P","contained":[{"resourceType":"P","id":"c"},{"resourceType":"Q","x":"y"}]}"#,
        #"<contained><P><id value="c"/></P></contained><contained><Q><x value="y"/></Q></contained>"#
      ),
      (
        #"{"resourceType":"P","text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\">a <b>b</b> <i>c</i></div>"}}"#,
        #"<text><status value="generated"/><div xmlns="http://www.w3.org/1999/xhtml">a <b>b</b> <i>c</i></div></text>"#
      ),
      (
        #"{"resourceType":"P","id":"<&\">\n\t\r '"}"#, ##"<id value="&lt;&amp;&quot;&gt;&#10;&#9;&#13; '"/>"##
      ),
    ])
  func bothForms(_ json: String, _ xml: String) throws {
    let written = try self.xml(json)
    if !xml.isEmpty { #expect(written == Self.start + xml + "</P>") }
    #expect(try self.json(Array(written.utf8)) == json)
  }

  @Test("Elements stand in their type's order, and what no type names follows in its own")
  func order() throws {
    let written = try xml(#"{"resourceType":"P","zzz":1,"weight":1,"aaa":{"b":["x","y"]},"id":"1"}"#)
    #expect(
      written == Self.start
        + #"<id value="1"/><weight value="1"/><zzz value="1"/><aaa><b value="x"/><b value="y"/></aaa></P>"#)
  }

  @Test("Prefixes, other attributes, comments, white space and other encodings make no difference")
  func spellings() throws {
    let prefixed = """
      <?xml version="1.0" encoding="ISO-8859-1"?>
      <!-- åäö --><f:P xmlns:f="http://hl7.org/fhir" xmlns:h="http://www.w3.org/1999/xhtml"
        xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://hl7.org/fhir x.xsd">
        <f:id value="å"/> <f:text><h:div><h:b>ö</h:b></h:div></f:text>
        <f:given value="a"/><f:active value="true"/><f:given value="b"/>
      </f:P>
      """
    let latin = prefixed.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    #expect(
      try json(latin)
        == #"{"resourceType":"P","id":"å","text":{"div":"<h:div xmlns:h=\"http://www.w3.org/1999/xhtml\"><h:b>ö</h:b></h:div>"},"given":["a","b"],"active":true}"#
    )
  }

  @Test("A value that is no number or truth value stays a text, for the shape to refuse")
  func wrongValues() throws {
    let xml = Self.start + #"<active value="yes"/><weight value="+1"/></P>"#
    #expect(try json(Array(xml.utf8)) == #"{"resourceType":"P","active":"yes","weight":"+1"}"#)
  }

  @Test(
    "What XML can't hold is refused, never passed on as markup",
    arguments: [
      #"{"id":"1"}"#, #"{"resourceType":"P><x"}"#, #"{"resourceType":"P","id":"\u0001"}"#,
      #"{"resourceType":"P","a b":"1"}"#, #"{"resourceType":"P","x":[["y"]]}"#,
      #"{"resourceType":"P","text":{"div":"<div>"}}"#,
      #"{"resourceType":"P","text":{"div":"<div/><evil/>"}}"#,
      #"{"resourceType":"P","text":{"div":"<p>x</p>"}}"#, #"{"resourceType":"P","text":{"div":"text"}}"#,
      #"{"resourceType":"P","contained":[{"resourceType":"a b"}]}"#,
    ])
  func refused(_ json: String) throws {
    #expect(throws: WritingFault.self) { try xml(json) }
  }

  @Test("A narrative without its namespace gets it")
  func narrativeNamespace() throws {
    let written = try xml(#"{"resourceType":"P","text":{"div":" <div class='x'>a</div>"}}"#)
    #expect(written.contains(#"<div xmlns="http://www.w3.org/1999/xhtml" class='x'>a</div>"#))
  }

  @Test("XML that is no resource is refused")
  func noResource() {
    #expect(throws: Diagnostic.self) { try json(Array("<P/>".utf8)) }
  }
}
