import Diagnostics
import Documents
import Formats
import Foundation
import Testing

/// XML 1.0 and namespaces through the public reader and writer.
struct XMLTests {
  private let names: NameTable = {
    var builder = NameTableBuilder()
    let namespace = builder.namespace("urn:n", prefix: "n")
    for name in ["root", "a", "b"] { _ = builder.name(name, namespace: namespace) }
    for name in ["$", "$id"] { _ = builder.name(name) }
    return builder.build()
  }()

  private func rewrite(_ bytes: [UInt8]) throws -> String {
    var forest = Forest(names: names)
    let root = try XMLReader().read(bytes, named: "test", into: &forest)
    let text = String(decoding: XMLWriter(names: names).bytes(root, of: forest), as: UTF8.self)
    return String(text.dropFirst("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".count).dropLast())
  }

  private func refusal(_ bytes: [UInt8]) -> (Problem, Place)? {
    var forest = Forest(names: names)
    do throws(Diagnostic) {
      _ = try XMLReader().read(bytes, named: "test", into: &forest)
      return nil
    } catch {
      #expect(forest.next == 0, "nothing is left behind")
      return (error.problem, error.place)
    }
  }

  @Test(
    "What is read is written the same",
    arguments: [
      "<n:root xmlns:n=\"urn:n\"/>",
      "<n:root xmlns:n=\"urn:n\"><n:a>1</n:a><n:b id=\"x\"/><n:a>å &amp; &lt;b&gt;</n:a></n:root>",
      "<n:root xmlns:n=\"urn:n\"><n:a id=\"a&quot;&#10;b\">text</n:a></n:root>",
      "<n:root xmlns:n=\"urn:n\"><n:a id=\"a&amp;b&amp;#38;&lt;c&gt;\">text</n:a></n:root>",
      "<n:root xmlns:n=\"urn:n\">mixed <n:a>x</n:a> and more</n:root>",
      "<n:root xmlns:n=\"urn:n\"><other xmlns=\"urn:o\"><deep xmlns=\"urn:o\">1</deep></other></n:root>",
      "<n:root xmlns:n=\"urn:n\"><n:a xmlns:x=\"urn:x\" x:nil=\"true\"/></n:root>",
      "<n:root xmlns:n=\"urn:n\"><n:a>  kept  </n:a><n:b>\n</n:b></n:root>",
    ])
  func roundTrip(_ text: String) throws {
    #expect(try rewrite(Array(text.utf8)) == text)
  }

  @Test("Prefixes are the writer's business, namespaces the document's")
  func prefixes() throws {
    let text = "<root xmlns='urn:n'><q:a xmlns:q='urn:n'>1</q:a><!-- gone --><?pi gone?><![CDATA[ ]]></root>"
    #expect(try rewrite(Array(text.utf8)) == "<n:root xmlns:n=\"urn:n\"><n:a>1</n:a></n:root>")
  }

  @Test("Namespace declarations are attributes for those who ask")
  func declarations() throws {
    var reader = XMLReader()
    reader.keepsDeclarations = true
    let text = "<root xmlns='urn:d' xmlns:p='urn:p' id='x'><a xmlns=''/></root>"
    var forest = Forest(names: names)
    let root = try reader.read(Array(text.utf8), named: "test", into: &forest)
    let found = (root..<forest.next).map { id in
      let name = forest[id].name
      return String(decoding: forest.localName(name), as: UTF8.self) + "{" + forest.namespaceURI(name) + "}"
        + (forest[id].kind == .string ? forest.string(id) : "")
    }
    let xmlns = "{http://www.w3.org/2000/xmlns/}"
    #expect(
      found == ["root{urn:d}", "$xmlns\(xmlns)urn:d", "$p\(xmlns)urn:p", "$id{}x", "a{}", "$xmlns\(xmlns)"])
  }

  @Test("A carriage return survives, CDATA becomes text")
  func text() throws {
    let text = "<n:root xmlns:n='urn:n'>a&#13;b<![CDATA[<c>]]></n:root>"
    #expect(try rewrite(Array(text.utf8)) == "<n:root xmlns:n=\"urn:n\">a&#13;b&lt;c&gt;</n:root>")
  }

  @Test("UTF-16 and ISO-8859-1 are read, others named and refused")
  func encodings() throws {
    let latin: [UInt8] =
      Array("<?xml version='1.0' encoding='ISO-8859-1'?><n:root xmlns:n='urn:n'>".utf8) + [0xE5]
      + Array("</n:root>".utf8)
    #expect(try rewrite(latin) == "<n:root xmlns:n=\"urn:n\">å</n:root>")
    let utf16 =
      [UInt8](arrayLiteral: 0xFF, 0xFE)
      + "<n:root xmlns:n='urn:n'>ö</n:root>".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    #expect(try rewrite(utf16) == "<n:root xmlns:n=\"urn:n\">ö</n:root>")
    let other = refusal(Array("<?xml version='1.0' encoding='EBCDIC-SE'?><a/>".utf8))
    #expect(try #require(other).0 == .unknownEncoding(name: "EBCDIC-SE"))
    #expect(try #require(refusal(Array("<a>".utf8) + [0xE5] + Array("</a>".utf8))).0 == .notUTF8)
  }

  @Test(
    "Every DOCTYPE is refused",
    arguments: [
      "<!DOCTYPE a><a/>", "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
      "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
      "<!DOCTYPE l [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;'>]><l>&b;</l>",
      "<!DOCTYPE a [<!ENTITY % p SYSTEM 'http://127.0.0.1:1/x'> %p;]><a/>",
    ])
  func doctype(_ text: String) throws {
    #expect(try #require(refusal(Array(text.utf8))).0 == .doctypeRefused)
  }

  @Test(
    "What is not well-formed is refused where it stands",
    arguments: [
      "<a>", "<a></b>", "<a b='1' b='2'/>", "<a>&unknown;</a>", "<a b=1/>", "a", "<a/><b/>", "<a>&#0;</a>",
      "<a b='<'/>",
      "<a>\u{1}</a>", "<a><![CDATA[</a>",
    ])
  func malformed(_ text: String) throws {
    let (problem, place) = try #require(refusal(Array(text.utf8)))
    guard case .xmlSyntax = problem else { Issue.record("\(problem)"); return }
    #expect(place.line == 1 && place.excerpt == nil)
  }

  @Test("An undeclared prefix is refused although the document is well-formed")
  func undeclaredPrefix() throws {
    #expect(try #require(refusal(Array("<p:a/>".utf8))).0 == .undeclaredPrefix)
  }

  @Test("A deep document is stopped early")
  func depth() throws {
    let bomb = String(repeating: "<a>", count: 100_000)
    let (problem, place) = try #require(refusal(Array(bomb.utf8)))
    #expect(problem == .tooDeep(limit: 128))
    #expect(place.column == 128 * 3 + 1)
  }

  @Test("Nodes know where they stood")
  func positions() throws {
    var forest = Forest(names: names)
    let text = "<n:root xmlns:n='urn:n'>\n  <n:a>1</n:a>\n  <n:b id='>'>2</n:b></n:root>"
    let root = try XMLReader().read(Array(text.utf8), named: "test", into: &forest)
    let offsets = forest.children(root).map { Int(forest[$0].offset) }
    let expected = ["<n:a>", "<n:b"].compactMap { text.range(of: $0)?.lowerBound.utf16Offset(in: text) }
    #expect(offsets == expected)
  }
}
