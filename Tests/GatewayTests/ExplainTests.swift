import Diagnostics
import Documents
import Formats
import Foundation
import Gateway
import Mapping
import TestRig
import Testing

/// Where every field came from.
struct ExplainTests {
  private let study: MappingStudy
  private let translator: Translator
  private let receipt = Receipt(
    received: "2026-11-21T10:15:00+01:00", id: "018f3c1e-0000-7000-8000-000000000001")

  init() throws {
    study = try MappingFolder.study(RepositoryFolder.path + "/Mappings")
    translator = Translator(study.library)
  }

  private func explain(_ bytes: [UInt8], _ from: String, _ to: String?) throws -> Explanation {
    try translator.explanation(
      of: bytes, from: study.noting(try study.library.mapping(from)),
      to: try to.map { study.noting(try study.library.mapping($0)) }, named: "message", receipt: receipt)
  }

  private var event: [UInt8] {
    get throws {
      let path = RepositoryFolder.path + "/Mappings/visiba/cases/completed-visit/event.json"
      return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    }
  }

  @Test("A field is explained through both mappings down to its line and column")
  func bothMappings() throws {
    let fields = try explain(try event, "visiba/visit-event", "npo/care-contacts").written
    let field = try #require(fields.first { $0.path == "careContact.careContactHeader.documentId" })
    #expect(field.making == .line)
    #expect(field.rule?.place.file.hasSuffix("npo/patient-summary-header.map.yaml") == true)
    let inHub = try #require(field.sources.first)
    #expect(inHub.path == "Encounter.identifier[0].value")
    #expect(inHub.rule?.source == "visit.id")
    let origin = try #require(inHub.sources.first)
    #expect(origin.path == "visit.id" && origin.value == field.value)
    let lines = String(decoding: try event, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    let place = try #require(origin.place)
    #expect(lines[place.line - 1].dropFirst(place.column - 1).hasPrefix("\"\(origin.value)\""))
  }

  @Test("A formula's field names every value that the formula looked at")
  func formulas() throws {
    let fields = try explain(try event, "visiba/visit-event", "npo/care-contacts").written
    let start = try #require(fields.first { $0.path.hasSuffix("careContactTimePeriod.start") })
    #expect(start.making == .formula)
    #expect(start.origins.map(\.path) == ["visit.startedAt"])
  }

  @Test("What the gateway makes itself has no origin in the message")
  func ownFields() throws {
    let fields = try explain(try event, "visiba/visit-event", "npo/care-contacts").written
    let logID = try #require(fields.first { $0.path == "result.logId" })
    #expect(logID.making == .formula && logID.origins.isEmpty)
    let hub = try explain(try event, "visiba/visit-event", nil).written
    #expect(hub.first { $0.path == "Encounter.id" }?.making == .id)
    #expect(hub.first { $0.path == "Encounter.subject.reference" }?.making == .reference)
  }

  @Test("The other way: each field of the message with what became of it, in the hub and in the document")
  func fates() throws {
    let read = try explain(try event, "visiba/visit-event", "npo/care-contacts").read
    let status = try #require(read.first { $0.path == "visit.status" })
    #expect(Set(status.hub.map(\.path)) == ["Appointment.status", "Encounter.status"])
    #expect(status.written.contains { $0.hasSuffix("careContactStatus.code") })
    let arrival = try #require(read.first { $0.path == "visit.arrival" })
    #expect(!arrival.hub.isEmpty && arrival.written.isEmpty)
    let type = try #require(read.first { $0.path == "eventType" })
    #expect(type.hub.isEmpty && type.written.isEmpty)
  }

  @Test("Explained translations are the translations, and copied values are found where they came from")
  func generated() throws {
    let source = try study.library.mapping("visiba/visit-event")
    let target = try study.library.mapping("npo/care-contacts")
    var generator = DocumentGenerator(for: source, seed: 21)
    let writer = JSONWriter(names: study.library.names)
    var compared = 0
    for _ in 0..<120 {
      var forest = Forest(names: study.library.names)
      let bytes = writer.bytes(generator.next(into: &forest), of: forest)
      guard (try? translator.read(bytes, as: source, named: "m", receipt: receipt)) != nil,
        let plain = try? translator.write(as: target)
      else { continue }
      try translator.read(bytes, as: study.noting(source), named: "m", receipt: receipt)
      #expect(try translator.write(as: study.noting(target)) == plain)
      let explanation = try explain(bytes, "visiba/visit-event", "npo/care-contacts")
      for field in explanation.written where field.making == .line && field.rule?.through.isEmpty == true {
        let inHub = try #require(field.sources.first)
        #expect(inHub.making != .message, "\(field.path)")
        guard inHub.rule?.through.isEmpty == true, inHub.making == .line else { continue }
        let origin = try #require(inHub.sources.first?.value)
        #expect(origin == field.value || field.value.allSatisfy(\.isNumber), "\(field.path)")
      }
      compared += 1
    }
    #expect(compared > 60)
  }
}
