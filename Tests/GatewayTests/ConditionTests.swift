import Diagnostics
import Foundation
import Gateway
import Mapping
import Testing

/// `when` on `each` blocks, on the way in and out.
@Suite("Conditions on repetitions")
struct ConditionTests {
  private static let shapes = [
    "hub/Encounter": """
    shape: hub/Encounter
    fields: {resourceType: = Encounter, id?: text, name?: text, stamp?: text, note*: {text?: text, kind?: text}}
    """,
    "hub/Condition": """
    shape: hub/Condition
    fields: {resourceType: = Condition, id?: text, code?: text, rank?: integer, encounter?: {reference?: text}}
    """,
    "a/visit": """
    shape: a/visit
    fields:
      id: string
      diagnoses*: {code: string, rank?: integer}
      notes*: {text: string, kind?: string}
    """,
  ]

  private static let mapping = """
    mapping: a/visit
    hub: {visit: Encounter}
    both:
      id: visit.name
      diagnoses*:
        each: Condition diagnosis where encounter = visit
        when:
          in: = rank > 0
          out: = diagnosis.rank < 3
        both: {code: diagnosis.code, rank: diagnosis.rank}
      notes*:
        each: visit.note* as note
        when: {in: "= kind != 'draft'", out: = note.text.startsWith('x').not()}
        both: {text: note.text, kind: note.kind}
    """

  private static func library(_ mapping: String) throws -> MappingLibrary {
    var files = shapes.map { name, text in
      ConfigurationFile(path: "\(name).shape.yaml", name: name, text: text)
    }
    files.append(ConfigurationFile(path: "a/visit.map.yaml", name: "a/visit", text: mapping))
    return try MappingLibrary(files)
  }

  private static let event = """
    {"id":"v1","diagnoses":[{"code":"a","rank":1},{"code":"b","rank":0},{"code":"c"},{"code":"d","rank":3}],
     "notes":[{"text":"one","kind":"draft"},{"text":"two","kind":"final"},{"text":"three"},{"text":"x4","kind":"k"}]}
    """

  private func translated(back: Bool) throws -> String {
    let library = try Self.library(Self.mapping)
    let translator = Translator(library)
    let mapping = try library.mapping("a/visit")
    let receipt = Receipt(received: "2026-11-21T10:15:00Z", id: "1")
    try translator.read(Array(Self.event.utf8), as: mapping, named: "event", receipt: receipt)
    return String(decoding: back ? try translator.write(as: mapping) : translator.hub(), as: UTF8.self)
  }

  @Test("On the way in elements come into the hub for which the condition is true")
  func wayIn() throws {
    let hub = try translated(back: false)
    #expect(hub.contains(#""code":"a""#) && hub.contains(#""code":"d""#))
    // A rank of 0 makes it false, a missing rank leaves it open.
    #expect(!hub.contains(#""code":"b""#) && !hub.contains(#""code":"c""#))
    #expect(hub.contains(#""text":"two""#) && hub.contains(#""text":"x4""#))
    #expect(!hub.contains(#""text":"one""#) && !hub.contains(#""text":"three""#))
  }

  @Test("On the way out resources and elements are written for which the condition is true")
  func wayOut() throws {
    let document = try translated(back: true)
    #expect(document.contains(#""diagnoses":[{"code":"a","rank":1}]"#), "\(document)")
    #expect(document.contains(#""notes":[{"text":"two","kind":"final"}]"#), "\(document)")
  }

  @Test("Formulas know the time of receipt, and no other")
  func now() throws {
    let mapping = Self.mapping + "\nin: {visit.stamp: = today().toString() & ' ' & timeOfDay().toString()}\n"
    let library = try Self.library(mapping)
    let translator = Translator(library)
    let receipt = Receipt(received: "2026-11-21T10:15:00Z", id: "1")
    try translator.read(
      Array(Self.event.utf8), as: try library.mapping("a/visit"), named: "event", receipt: receipt)
    let hub = String(decoding: translator.hub(), as: UTF8.self)
    #expect(hub.contains(#""stamp":"2026-11-21 10:15:00""#), "\(hub)")
  }

  @Test("A condition is checked when it is loaded")
  func checked() throws {
    for (written, wrong, code) in [
      ("= rank > 0", "= rnk > 0", DiagnosticCode.unknownPath), ("= rank > 0", "= code", .formulaType),
      ("in: = rank > 0", "inn: = rank > 0", .unknownKey), ("= rank > 0", "rank > 0", .expectedForm),
    ] {
      let mapping = Self.mapping.replacingOccurrences(of: written, with: wrong)
      let error = #expect(throws: DiagnosticError.self) { try Self.library(mapping) }
      #expect(error?.diagnostics.map(\.code).contains(code) == true, "\(wrong): \(String(describing: error))")
    }
  }
}
