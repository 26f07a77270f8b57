import Diagnostics
import Gateway
import Mapping
import Testing

/// XML Schema's `dateTime` in a shape that names the zone, on its way to the hub and back.
struct LocalTimeTests {
  private let mapping: Mapping
  private let translator: Translator

  init() throws {
    let library = try MappingLibrary([
      ConfigurationFile(
        path: "log.shape.yaml", name: "log",
        text:
          "shape: log\nformat: xml\nroot: L\nfields: {at: local-time(Europe/Stockholm), day?: date, sum?: string}\n"
      ),
      ConfigurationFile(
        path: "hub/Event.shape.yaml", name: "hub/Event",
        text:
          "shape: hub/Event\nformat: json\nfields: {resourceType: = Event, at: instant, day?: date, sum?: decimal}\n"
      ),
      ConfigurationFile(
        path: "log.map.yaml", name: "log",
        text:
          "mapping: log\nhub: {event: Event}\nboth:\n  at: event.at\n  day: event.day\n  sum: event.sum\n"),
    ])
    mapping = try library.mapping("log")
    translator = Translator(library)
  }

  /// What a document makes of the hub, and of itself again.
  private func translated(_ fields: String) throws -> (hub: String, back: String) {
    let receipt = Receipt(received: "2026-11-21T10:15:00+01:00", id: "1")
    try translator.read(Array("<L>\(fields)</L>".utf8), as: mapping, named: "log", receipt: receipt)
    let back = String(decoding: try translator.write(as: mapping), as: UTF8.self)
    return (String(decoding: translator.hub(), as: UTF8.self), back)
  }

  @Test(
    "Where no offset is said the zone's holds; what is written says none unless two times look alike",
    arguments: [
      ("2026-11-21T10:15:00", "2026-11-21T10:15:00+01:00", "2026-11-21T10:15:00"),
      ("2026-07-01T10:15:00.123", "2026-07-01T10:15:00.123+02:00", "2026-07-01T10:15:00.123"),
      ("2026-07-01T10:15:00.5Z", "2026-07-01T12:15:00.5+02:00", "2026-07-01T12:15:00.5"),
      ("2026-11-21T10:15:00-05:30", "2026-11-21T16:45:00+01:00", "2026-11-21T16:45:00"),
      ("2026-10-25T02:30:00", "2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00"),
      ("2026-10-25T02:30:00+01:00", "2026-10-25T02:30:00+01:00", "2026-10-25T02:30:00+01:00"),
      ("2026-03-29T02:30:00+01:00", "2026-03-29T03:30:00+02:00", "2026-03-29T03:30:00"),
    ])
  func times(_ written: String, _ instant: String, _ again: String) throws {
    let (hub, back) = try translated("<at>\(written)</at>")
    #expect(hub.contains("\"at\":\"\(instant)\""), "\(hub)")
    #expect(back.contains("<at>\(again)</at>"), "\(back)")
  }

  @Test(
    "What is no time is refused",
    arguments: [
      "2026-11-21T10:15", "2026-11-21T10:15:00.", "2026-11-21T10:15:00+1:00", "2026-11-31T10:15:00",
      "2026-03-29T02:30:00",
    ])
  func refused(_ written: String) {
    #expect(throws: DiagnosticError.self) { try translated("<at>\(written)</at>") }
  }

  @Test("A date's offset is left out, as XML Schema allows it and a calendar knows none")
  func dates() throws {
    let (hub, back) = try translated("<at>2026-11-21T10:15:00</at><day>2026-11-21+01:00</day>")
    #expect(hub.contains("\"day\":\"2026-11-21\""), "\(hub)")
    #expect(back.contains("<day>2026-11-21</day>"), "\(back)")
    #expect(throws: DiagnosticError.self) {
      try translated("<at>2026-11-21T10:15:00</at><day>2026-11-21x</day>")
    }
  }

  @Test("A text becomes a number when it is one, in the digits it was written with")
  func numbers() throws {
    let (hub, back) = try translated("<at>2026-11-21T10:15:00</at><sum>0.10</sum>")
    #expect(hub.contains("\"sum\":0.10"), "\(hub)")
    #expect(back.contains("<sum>0.10</sum>"), "\(back)")
    #expect(throws: DiagnosticError.self) {
      try translated("<at>2026-11-21T10:15:00</at><sum>1.0E7</sum>")
    }
  }
}
