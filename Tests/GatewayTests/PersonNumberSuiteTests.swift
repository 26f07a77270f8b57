import Diagnostics
import Foundation
import Gateway
import Mapping
import TestRig
import Testing

/// The published test numbers, through a shape that has a `personnummer`.
@Suite(.enabled(if: SharedFolder.path != nil, "the shared folder with the personnummer suite is not there"))
struct PersonNumberSuiteTests {
  private struct Entry: Decodable {
    let long_format: String
    let valid: Bool
  }

  private let source: Mapping
  private let translator: Translator

  init() throws {
    let library = try MappingFolder.load(RepositoryFolder.path + "/Fixtures/diagnostics/base")
    source = try library.mapping("a/visit")
    translator = Translator(library)
  }

  private func accepts(_ number: String) -> Bool {
    let event = "{\"id\":\"1\",\"status\":\"done\",\"patient\":{\"pnr\":\"\(number)\"}}"
    let receipt = Receipt(received: "2026-11-21T10:15:00Z", id: "1")
    return (try? translator.check(Array(event.utf8), as: source, named: "event", receipt: receipt)) != nil
  }

  private func suite<T: Decodable>(_ name: String, as type: T.Type) throws -> T {
    let path = (SharedFolder.path ?? "") + "/suites/personnummer/" + name
    return try JSONDecoder().decode(type, from: Data(contentsOf: URL(fileURLWithPath: path)))
  }

  @Test("Twelve-digit numbers are taken or refused as the list says")
  func list() throws {
    let entries = try suite("list.json", as: [Entry].self).filter { $0.long_format.count == 12 }
    #expect(!entries.isEmpty)
    for entry in entries { #expect(accepts(entry.long_format) == entry.valid, "\(entry.long_format)") }
  }

  @Test("All published samordningsnummer are taken, also those whose month or day is no date")
  func coordinationNumbers() throws {
    let numbers = try suite("allCoords.json", as: [String].self)
    #expect(numbers.count > 2000)
    let refused = numbers.filter { !accepts($0) }
    #expect(refused.isEmpty, "\(refused.prefix(5))")
  }
}
