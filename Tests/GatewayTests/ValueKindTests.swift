import Diagnostics
import Gateway
import Mapping
import Testing

/// What stands where a shape says a value.
struct ValueKindTests {
  private let library: MappingLibrary
  private let translator: Translator

  init() throws {
    library = try MappingLibrary([
      ConfigurationFile(
        path: "j.shape.yaml", name: "j", text: "shape: j\nformat: json\nfields: {id: string, note?: text}\n"),
      ConfigurationFile(path: "j.map.yaml", name: "j", text: "mapping: j\n"),
      ConfigurationFile(
        path: "x.shape.yaml", name: "x",
        text: "shape: x\nformat: xml\nroot: R\nfields: {id: string, count?: integer}\n"),
      ConfigurationFile(path: "x.map.yaml", name: "x", text: "mapping: x\n"),
    ])
    translator = Translator(library)
  }

  private func codes(_ text: String, _ mapping: String) throws -> [DiagnosticCode] {
    let receipt = Receipt(received: "2026-11-21T10:15:00+01:00", id: "1")
    let mapping = try library.mapping(mapping)
    do throws(DiagnosticError) {
      try translator.check(
        Array(text.utf8), as: mapping, named: "m", receipt: receipt)
      return []
    } catch {
      return error.diagnostics.map(\.code)
    }
  }

  @Test(
    "An object in a value's place is refused, once",
    arguments: [#"{"id":{"a":1}}"#, #"{"id":{"a":{}},"note":"x"}"#])
  func objects(_ text: String) throws {
    #expect(try codes(text, "j") == [.wrongKind])
  }

  @Test("An empty object is nothing")
  func emptyObject() throws {
    #expect(try codes(#"{"id":"x","note":{}}"#, "j").isEmpty)
    #expect(try codes(#"{"id":{}}"#, "j") == [.missingField])
  }

  @Test("An XML element may carry attributes that the shape does not name, and its text still counts")
  func attributes() throws {
    #expect(try codes("<R><id a='b'>x</id><count t='u'>12</count></R>", "x").isEmpty)
    #expect(try codes("<R><id a='b'>x</id><count t='u'>zwölf</count></R>", "x") == [.invalidValue])
    #expect(try codes("<R><id nil='true'/></R>", "x") == [.missingField])
    #expect(try codes("<R><id><x>y</x></id></R>", "x") == [.wrongKind])
  }
}
