import Diagnostics
import Documents
import Formats
import Foundation
import Gateway
import Mapping
import TestRig
import Testing

/// What a translation is said to carry, against what it carries.
struct LossTests {
  private let study: MappingStudy
  private let translator: Translator
  private let receipt = Receipt(
    received: "2026-11-21T10:15:00+01:00", id: "018f3c1e-0000-7000-8000-000000000001")

  init() throws {
    study = try MappingFolder.study(RepositoryFolder.path + "/Mappings")
    translator = Translator(study.library)
  }

  private func losses(_ from: String, _ to: String) throws -> LossReport {
    try #require(
      study.losses(from: try study.library.mapping(from), to: try study.library.mapping(to), runs: 200))
  }

  @Test("Each field arrives, is narrowed or is lost, with its lines and its reason")
  func fates() throws {
    let report = try losses("visiba/visit-event", "npo/care-contacts")
    let field = { (path: String) throws in try #require(report.fields.first { $0.path == path }) }
    #expect(try field("visit.id").fate == .arrives)
    #expect(try field("visit.id").written == ["careContact.careContactHeader.documentId"])
    #expect(
      try field("unit.careUnit").rules.map(\.source) == [
        "unit.careUnit", "origin.agent[author].who.identifier[hsa-id].value",
      ])
    #expect(try field("visit.status").fate == .narrowed)
    #expect(
      try field("visit.status").reasons.first?.contains("cancelled, no-show become 53641000052109") == true)
    #expect(
      try field("occurredAt").reasons == [
        "to the second, as clocks in Europe/Stockholm show it, without its offset"
      ])
    #expect(try field("survey.answer").fate == .lost)
    #expect(try field("survey.answer").hub == ["item.answer[first].valueString"])
    #expect(try field("eventType").hub.isEmpty)
  }

  @Test("A line that is one of several codes told by silence arrives whole")
  func toldByAbsence() throws {
    let report = try losses("visiba/visit-event", "npo/care-contacts")
    #expect(report.fields.first { $0.path == "visit.approvedForPatient" }?.fate == .arrives)
  }

  @Test("Required fields that nothing feeds, and those that depend on the document")
  func unfed() throws {
    let there = try losses("visiba/visit-event", "npo/care-contacts").unfed
    #expect(there.map(\.path) == ["careContact.careContactHeader.patientId"])
    #expect(there.first?.isNeverFed == false)
    #expect(there.first?.sources == ["patient.personalNumber", "patient.reserveNumber"])
    let back = try losses("npo/care-contacts", "visiba/visit-event").unfed
    #expect(back.first { $0.path == "visit.type" }?.isNeverFed == true)
    #expect(back.first { $0.path == "unit.hsaId" }?.isNeverFed == false)
  }

  @Test("To itself a format loses only what no line reads")
  func itself() throws {
    let report = try losses("visiba/visit-event", "visiba/visit-event")
    #expect(report.fields.filter { $0.fate == .lost }.map(\.path) == ["eventType"])
    #expect(report.unfed.filter(\.isNeverFed).isEmpty)
  }

  @Test(
    "The claims are true: changing what is lost changes nothing, changing what arrives changes the translation",
    arguments: [("visiba/visit-event", "npo/care-contacts"), ("npo/care-contacts", "npo/care-contacts")])
  func claims(_ from: String, _ to: String) throws {
    let report = try losses(from, to)
    let fates = Dictionary(uniqueKeysWithValues: report.fields.map { ($0.path, $0.fate) })
    let source = try study.library.mapping(from)
    let target = try study.library.mapping(to)
    var samples = Samples(source, study.library, count: 240)
    var changed: [String: Int] = [:]
    var tried: [String: Int] = [:]
    for number in samples.documents.indices {
      guard let before = translated(samples.documents[number], source, target) else { continue }
      for (path, bytes) in samples.variants(of: number) {
        guard let after = translated(bytes, source, target) else { continue }
        tried[path, default: 0] += 1
        if after != before { changed[path, default: 0] += 1 }
        switch fates[path] {
        case .lost: #expect(after == before, "\(path) is said to be lost")
        case .arrives: #expect(after != before, "\(path) is said to arrive")
        case .narrowed, nil: break
        }
      }
    }
    for (path, fate) in fates where fate == .narrowed && tried[path, default: 0] > 20 {
      #expect(changed[path, default: 0] > 0, "something of \(path) is said to arrive")
    }
    #expect(tried.values.reduce(0, +) > 300)
  }

  private func translated(_ bytes: [UInt8], _ source: Mapping, _ target: Mapping) -> [UInt8]? {
    do {
      try translator.read(bytes, as: source, named: "m", receipt: receipt)
      return try translator.write(as: target)
    } catch {
      return nil
    }
  }
}

/// Generated documents, and for each of their values the same document with another value in its place.
private struct Samples {
  private(set) var documents: [[UInt8]] = []
  private var leaves: [[(node: NodeID, path: String)]] = []
  private var pool: [String: [String]] = [:]
  private let format: Format
  private let names: NameTable
  private let mapping: Mapping

  init(_ mapping: Mapping, _ library: MappingLibrary, count: Int) {
    (self.mapping, format, names) = (mapping, mapping.format, library.names)
    for number in 0..<count {
      var forest = Forest(names: names)
      let root = make(number, &forest)
      documents.append(bytes(root, forest))
      leaves.append(Self.leaves(of: root, "", forest))
      for (node, path) in leaves[number] {
        let value = forest.string(node)
        if pool[path]?.contains(value) != true { pool[path, default: []].append(value) }
      }
    }
  }

  private func make(_ number: Int, _ forest: inout Forest) -> NodeID {
    var generator = DocumentGenerator(for: mapping, seed: UInt64(1000 + number))
    return generator.next(into: &forest)
  }

  private func bytes(_ root: NodeID, _ forest: borrowing Forest) -> [UInt8] {
    format == .xml
      ? XMLWriter(names: names).bytes(root, of: forest) : JSONWriter(names: names).bytes(root, of: forest)
  }

  private static func leaves(
    of node: NodeID, _ path: String, _ forest: borrowing Forest
  ) -> [(node: NodeID, path: String)] {
    switch forest[node].kind {
    case .object, .array:
      return forest.children(node).flatMap { child in
        let name = String(decoding: forest.localName(forest[child].name), as: UTF8.self)
        return leaves(of: child, name.isEmpty ? path : path.isEmpty ? name : "\(path).\(name)", forest)
      }
    default: return [(node, path)]
    }
  }

  /// Every fifth value is changed, others in other documents.
  mutating func variants(of number: Int) -> [(path: String, bytes: [UInt8])] {
    var variants: [(path: String, bytes: [UInt8])] = []
    for (index, leaf) in leaves[number].enumerated() where (index + number) % 5 == 0 {
      var forest = Forest(names: names)
      let root = make(number, &forest)
      let old = forest.string(leaf.node)
      guard let new = pool[leaf.path]?.first(where: { $0 != old }) else { continue }
      let text = forest.append(new)
      forest[leaf.node].text = text
      variants.append((leaf.path, bytes(root, forest)))
    }
    return variants
  }
}
