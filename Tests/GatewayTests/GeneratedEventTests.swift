import Diagnostics
import Documents
import Formats
import Foundation
import Gateway
import Mapping
import TestRig
import Testing

/// Properties that must hold for every visit event that the shape allows.
struct GeneratedEventTests {
  private let library: MappingLibrary
  private let translator: Translator
  private let receipt = Receipt(
    received: "2026-11-21T10:15:00+01:00", id: "018f3c1e-0000-7000-8000-000000000001")

  init() throws {
    library = try MappingFolder.load(RepositoryFolder.path + "/Mappings")
    translator = Translator(library)
  }

  /// Generated events as JSON, the same ones every time.
  private func events(_ count: Int, seed: UInt64) throws -> [[UInt8]] {
    var generator = DocumentGenerator(for: try library.mapping("visiba/visit-event"), seed: seed)
    let writer = JSONWriter(names: library.names)
    return (0..<count).map { _ in
      var forest = Forest(names: library.names)
      let root = generator.next(into: &forest)
      return writer.bytes(root, of: forest)
    }
  }

  @Test(
    "A thousand generated events become care contacts that the official schema accepts",
    .enabled(if: SharedFolder.path != nil, "the shared folder with the RIV-TA schemas is not there"))
  func validCareContacts() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("sluss-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let source = try library.mapping("visiba/visit-event")
    let target = try library.mapping("npo/care-contacts")
    var files: [String] = []
    for event in try events(1600, seed: 7) {
      guard (try? translator.read(event, as: source, named: "event", receipt: receipt)) != nil,
        let contact = try? translator.write(as: target)
      else { continue }
      let file = folder.appendingPathComponent("\(files.count).xml")
      try Data(contact).write(to: file)
      files.append(file.path)
    }
    #expect(files.count >= 1000, "\(files.count) were translated")
    let told = try XMLLint.validate(files, against: RIVTA.careContacts)
    #expect(told.isEmpty, "\(told.prefix(1500))")
  }

  @Test("What is refused is refused for a rule that the shape can't express")
  func refusals() throws {
    let source = try library.mapping("visiba/visit-event")
    let target = try library.mapping("npo/care-contacts")
    var codes: [DiagnosticCode: Int] = [:]
    for event in try events(400, seed: 11) {
      do throws(DiagnosticError) {
        try translator.read(event, as: source, named: "event", receipt: receipt)
        _ = try translator.write(as: target)
      } catch {
        for diagnostic in error.diagnostics { codes[diagnostic.code, default: 0] += 1 }
      }
    }
    #expect(Set(codes.keys).isSubset(of: [.nothingForRequired]), "\(codes)")
  }

  @Test("The hub's resources, written as FHIR and read again, give the same care contact")
  func hubAsDocument() throws {
    let source = try library.mapping("visiba/visit-event")
    let target = try library.mapping("npo/care-contacts")
    var compared = 0
    for event in try events(200, seed: 5) {
      guard (try? translator.read(event, as: source, named: "event", receipt: receipt)) != nil,
        let direct = try? translator.write(as: target)
      else { continue }
      let bundle = translator.hub()
      try translator.readHub(bundle, named: "bundle", receipt: receipt)
      #expect(try translator.write(as: target) == direct)
      #expect(translator.hub() == bundle)
      compared += 1
    }
    #expect(compared > 100)
  }

  @Test("A resource from elsewhere is checked against its shape, and what that does not name is kept")
  func foreignResource() throws {
    let patient =
      #"{"resourceType":"Patient","id":"p","_birthDate":{"id":"x"},"birthDate":"1912-12","gender":"male"}"#
    try translator.readHub(Array(patient.utf8), named: "patient", receipt: receipt)
    #expect(String(decoding: translator.hub(), as: UTF8.self).contains(patient))
    let wrong = patient.replacing("\"male\"", with: "\"man\"")
    #expect(throws: DiagnosticError.self) {
      try translator.readHub(Array(wrong.utf8), named: "patient", receipt: receipt)
    }
  }

  @Test("Through the hub and back a visit event is the same")
  func roundTrip() throws {
    let source = try library.mapping("visiba/visit-event")
    var compared = 0
    for event in try events(400, seed: 3) {
      guard (try? translator.read(event, as: source, named: "event", receipt: receipt)) != nil else {
        continue
      }
      let back = try translator.write(as: source)
      let differences = try DocumentComparison(library).differences(event, back, as: source.format)
        .filter { !$0.hasPrefix("eventType") }
      #expect(
        differences.isEmpty,
        "\(String(decoding: event, as: UTF8.self))\n\(differences.joined(separator: "\n"))")
      compared += 1
      if !differences.isEmpty { break }
    }
    #expect(compared > 200)
  }
}
