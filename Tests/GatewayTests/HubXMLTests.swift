import Diagnostics
import Documents
import Formats
import Foundation
import Gateway
import Mapping
import TestRig
import Testing

/// The hub as FHIR's XML: read, written, and the same as in JSON.
struct HubXMLTests {
  private let library: MappingLibrary
  private let translator: Translator
  private let receipt = Receipt(
    received: "2026-11-21T10:15:00+01:00", id: "018f3c1e-0000-7000-8000-000000000001")

  init() throws {
    library = try MappingFolder.load(RepositoryFolder.path + "/Mappings")
    translator = Translator(library)
  }

  private static let resources =
    ((try? FileManager.default.contentsOfDirectory(
      atPath: RepositoryFolder.path + "/Mappings/hub")) ?? [])
    .filter { $0.hasSuffix(".shape.yaml") && !$0.hasPrefix("types") }
    .map { String($0.dropLast(".shape.yaml".count)) }.sorted()

  private static let seeds = UInt64(1)...8

  /// One resource in JSON, the same every time.
  private func resource(_ type: String, seed: UInt64) throws -> [UInt8] {
    var generator = try #require(DocumentGenerator(resource: type, of: library, depth: 4, seed: seed))
    var forest = Forest(names: library.names)
    let root = generator.next(into: &forest)
    var decoration = FHIRDecoration(seed: seed)
    let decorated = decoration.copy(root, named: NameTable.unnamed, in: &forest)
    return JSONWriter(names: library.names).bytes(decorated, of: forest)
  }

  /// A resource in a Bundle of its own, so that a Bundle is one too.
  private func wrapped(_ resource: [UInt8]) -> [UInt8] {
    Array("{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[{\"resource\":".utf8) + resource
      + Array("}]}".utf8)
  }

  @Test("JSON to XML to JSON is the same tree", arguments: resources)
  func thereAndBack(_ type: String) throws {
    for seed in Self.seeds {
      let resource = wrapped(try resource(type, seed: seed))
      try translator.readHub(resource, named: type, receipt: receipt)
      let json = translator.hub()
      let xml = try translator.hub(as: .xml, isPretty: seed % 2 == 0)
      try translator.readHub(xml, named: type, receipt: receipt)
      let differences = try DocumentComparison(library).differences(json, translator.hub(), as: .json)
      #expect(differences == [], "seed \(seed): \(String(decoding: xml, as: UTF8.self).prefix(3000))")
      #expect(try translator.hub(as: .xml, isPretty: seed % 2 == 0) == xml, "seed \(seed)")
      if !differences.isEmpty { return }
    }
  }

  @Test("What is generated holds what the law is about")
  func generated() throws {
    let text = try Self.resources.map { type in
      try Self.seeds.map { String(decoding: try resource(type, seed: $0), as: UTF8.self) }.joined()
    }.joined()
    for part in ["\"_", "\"contained\":[{", "xhtml", "\"extension\":[{", "true", ",null]"] {
      let isThere = text.contains(part)
      #expect(isThere, "\(part)")
    }
  }

  @Test(
    "Bundles of every kind are taken, JSON and XML",
    arguments: ["message", "transaction", "collection", "searchset", "batch", "history", "document"])
  func bundles(_ type: String) throws {
    let entry =
      #"{"fullUrl":"urn:uuid:1","resource":{"resourceType":"Patient","id":"p"},"search":{"mode":"match"}}"#
    let other =
      #"{"fullUrl":"urn:uuid:2","resource":{"resourceType":"OperationOutcome","issue":[{"severity":"warning","code":"informational"}]}}"#
    let request = #"{"request":{"method":"DELETE","url":"Patient/1"}}"#
    let bundle =
      #"{"resourceType":"Bundle","type":"\#(type)","total":1,"entry":[\#(entry),\#(other),\#(request)]}"#
    try translator.readHub(Array(bundle.utf8), named: "bundle", receipt: receipt)
    let json = translator.hub()
    #expect(String(decoding: json, as: UTF8.self).contains(#"{"resourceType":"Patient","id":"p"}"#))
    let xml = """
      <Bundle xmlns="http://hl7.org/fhir"><type value="\(type)"/><total value="1"/>
        <entry><fullUrl value="urn:uuid:1"/><resource><Patient><id value="p"/></Patient></resource></entry>
        <entry><fullUrl value="urn:uuid:2"/><resource><OperationOutcome><issue><severity value="warning"/>
          <code value="informational"/></issue></OperationOutcome></resource></entry>
        <entry><request><method value="DELETE"/><url value="Patient/1"/></request></entry>
      </Bundle>
      """
    try translator.readHub(Array(xml.utf8), named: "bundle", receipt: receipt)
    #expect(translator.hub() == json)
  }

  @Test("Resources without an id, as transactions have them, stay apart by their URLs")
  func withoutIDs() throws {
    let patients = ["1", "2"].map {
      #"{"fullUrl":"urn:uuid:\#($0)","resource":{"resourceType":"Patient","identifier":[{"value":"\#($0)"}]}}"#
    }
    let encounter =
      #"{"resource":{"resourceType":"Encounter","status":"finished","class":{"code":"VR"},"subject":{"reference":"urn:uuid:1"}}}"#
    let entries = (patients + [encounter]).joined(separator: ",")
    let bundle = #"{"resourceType":"Bundle","type":"collection","entry":[\#(entries)]}"#
    try translator.readHub(Array(bundle.utf8), named: "bundle", receipt: receipt)
    #expect(String(decoding: translator.hub(), as: UTF8.self) == bundle)
    let contacts = #expect(throws: DiagnosticError.self) {
      try translator.write(as: library.mapping("npo/care-contacts"))
    }
    #expect(contacts?.diagnostics.contains { $0.code == .resourceMissing } != true, "the visit is found")
  }

  @Test("References by identifier alone and to contained resources survive, in both forms")
  func references() throws {
    let encounter = #"""
      {"resourceType":"Encounter","id":"e","contained":[{"resourceType":"Organization","id":"o"}],"status":"finished",
       "class":{"code":"VR"},"subject":{"identifier":{"system":"urn:pnr","value":"191212121212"},"display":"Tolvan"},
       "serviceProvider":{"reference":"#o"}}
      """#
    try translator.readHub(Array(encounter.utf8), named: "encounter", receipt: receipt)
    let json = translator.hub()
    let text = String(decoding: json, as: UTF8.self)
    #expect(text.contains(##"{"reference":"#o"}"##))
    #expect(text.contains(#"{"identifier":{"system":"urn:pnr","value":"191212121212"},"display":"Tolvan"}"#))
    try translator.readHub(try translator.hub(as: .xml), named: "encounter", receipt: receipt)
    #expect(translator.hub() == json)
  }

  @Test("A mistake in XML is told where it stands")
  func places() throws {
    let xml =
      "<Patient xmlns=\"http://hl7.org/fhir\">\n  <id value=\"a\"/>\n  <active value=\"ja\"/>\n</Patient>"
    let error = #expect(throws: DiagnosticError.self) {
      try translator.readHub(Array(xml.utf8), named: "patient", receipt: receipt)
    }
    #expect(error?.diagnostics.map(\.code) == [.wrongKind])
    #expect(error?.diagnostics.first?.place.line == 3)
  }

  @Test("A narrative that is no XHTML stays in JSON, and is refused in XML")
  func narrative() throws {
    let patient = #"{"resourceType":"Patient","text":{"status":"generated","div":"<div>"}}"#
    try translator.readHub(Array(patient.utf8), named: "patient", receipt: receipt)
    #expect(String(decoding: translator.hub(), as: UTF8.self).contains(patient))
    let error = #expect(throws: DiagnosticError.self) { try translator.hub(as: .xml) }
    #expect(error?.diagnostics.first?.problem == .notInEncoding(path: "div", encoding: "FHIR's XML"))
    #expect((error?.diagnostics.first?.place.column ?? 0) > 40)
  }

  @Test(
    "Other people's models accept our XML, and we read what they write",
    .enabled(if: FHIRPackage.isThere, "the virtual environment with fhir.resources is not there"))
  func otherModels() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("sluss-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let comparison = DocumentComparison(library)
    var hubs: [String: [UInt8]] = [:]
    for hub in try examples() where !holdsWhatTheyCannot(hub) {
      try translator.readHub(hub, named: "hub", receipt: receipt)
      for format in HubFormat.allCases {
        let file = folder.appendingPathComponent("\(hubs.count).\(format)").path
        try Data(try translator.hub(as: format)).write(to: URL(fileURLWithPath: file))
        hubs[file] = translator.hub()
      }
    }
    let told = try FHIRPackage.rewrite(hubs.keys.sorted())
    #expect(told.isEmpty, "\(told.prefix(2000))")
    for (file, hub) in hubs {
      for ending in [".out.json", ".out.xml"] {
        let written = Array(try Data(contentsOf: URL(fileURLWithPath: file + ending)))
        try translator.readHub(written, named: file, receipt: receipt)
        let differences = try comparison.differences(plain(hub), plain(translator.hub()), as: .json)
        #expect(differences == [], "\(ending)")
      }
    }
    #expect(hubs.count >= 60)
  }

  /// Nanoseconds, small decimals, which Python writes with an exponent, and strings of white space alone.
  private func holdsWhatTheyCannot(_ hub: [UInt8]) -> Bool {
    let text = String(decoding: hub, as: UTF8.self)
    return [".123456789", "0.00000001", "\"\u{A0}\""].contains { text.contains($0) }
  }

  /// Hubs of our cases, our examples of resources, and what generated events become.
  private func examples() throws -> [[UInt8]] {
    let files =
      FileManager.default.enumerator(atPath: RepositoryFolder.path)?.compactMap { $0 as? String } ?? []
    var hubs = try files.filter { file in
      file.hasPrefix("Mappings/") && file.hasSuffix("/hub.json")
        || file.hasPrefix("Fixtures/hub/") && file.hasSuffix(".json")
    }.map { Array(try Data(contentsOf: URL(fileURLWithPath: RepositoryFolder.path + "/" + $0))) }
    let source = try library.mapping("visiba/visit-event")
    var generator = DocumentGenerator(for: source, seed: 17)
    for _ in 0..<60 {
      var forest = Forest(names: library.names)
      let event = JSONWriter(names: library.names).bytes(generator.next(into: &forest), of: forest)
      guard (try? translator.read(event, as: source, named: "event", receipt: receipt)) != nil else {
        continue
      }
      let hub = translator.hub()
      // Those models hold decimals in binary, and write long ones with an exponent.
      if !String(decoding: hub, as: UTF8.self).contains("123456789012345678.90") { hubs.append(hub) }
    }
    return hubs
  }

  /// Without what those models change: the zeros behind a decimal and a fraction of a second, and `Z`.
  private func plain(_ json: [UInt8]) -> [UInt8] {
    let text = String(decoding: json, as: UTF8.self)
      .replacing(/(:\d\d)(\.\d*?)0*([Z+\-])/) { "\($0.1)\($0.2 == "." ? "" : $0.2)\($0.3)" }
      .replacing("+00:00\"", with: "Z\"")
      .replacing(/(":-?\d+)(\.\d*?)0*([,}\]])/) { "\($0.1)\($0.2 == "." ? "" : $0.2)\($0.3)" }
    return Array(text.utf8)
  }
}
