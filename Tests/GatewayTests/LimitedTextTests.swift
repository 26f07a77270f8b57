import Diagnostics
import Gateway
import Mapping
import Testing

/// Texts whose length a shape limits, read and written.
struct LimitedTextTests {
  private let mapping: Mapping
  private let translator: Translator
  private let receipt = Receipt(received: "2026-11-21T10:15:00+01:00", id: "1")

  init() throws {
    let library = try MappingLibrary([
      ConfigurationFile(
        path: "log.shape.yaml", name: "log",
        text: "shape: log\nformat: xml\nroot: L\nfields: {id: string(4), note?: text(6)}\n"),
      ConfigurationFile(
        path: "hub/Event.shape.yaml", name: "hub/Event",
        text: "shape: hub/Event\nformat: json\nfields: {resourceType: = Event, id: text, note?: text}\n"),
      ConfigurationFile(
        path: "log.map.yaml", name: "log",
        text: "mapping: log\nhub: {event: Event}\nboth:\n  id: event.id\n  note: event.note\n"),
    ])
    mapping = try library.mapping("log")
    translator = Translator(library)
  }

  private func codesOfReading(_ fields: String) -> [DiagnosticCode] {
    do throws(DiagnosticError) {
      try translator.check(Array("<L>\(fields)</L>".utf8), as: mapping, named: "log", receipt: receipt)
      return []
    } catch {
      return error.diagnostics.map(\.code)
    }
  }

  private func written(id: String, note: String) throws -> String {
    let hub = """
      {"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Event", "id": "\(id)", "note": "\(note)"}}]}
      """
    try translator.readHub(Array(hub.utf8), named: "hub", receipt: receipt)
    return String(decoding: try translator.write(as: mapping), as: UTF8.self)
  }

  @Test("Characters are counted, not bytes")
  func read() {
    #expect(codesOfReading("<id>åäöé</id><note>日本\n日本😀</note>") == [])
    #expect(codesOfReading("<id>åäöéx</id>") == [.invalidValue])
    #expect(codesOfReading("<id>a\nb</id>") == [.invalidValue])
    #expect(codesOfReading("<id>x</id><note>1234567</note>") == [.invalidValue])
  }

  @Test("What is too long is not written, and not cut either")
  func write() throws {
    #expect(try written(id: "åäöé", note: "日本\\n日本😀").contains("<id>åäöé</id>"))
    #expect(throws: DiagnosticError.self) { try written(id: "åäöéx", note: "x") }
    #expect(throws: DiagnosticError.self) { try written(id: "a\\nb", note: "x") }
    #expect(throws: DiagnosticError.self) { try written(id: "x", note: "1234567") }
  }
}
