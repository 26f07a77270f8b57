import Diagnostics
import Documents
import Drafting
import Formats
import Foundation
import Gateway
import Mapping
import TestRig
import Testing

/// CSV as a format like the others: shapes, mappings, laws, formulas, drafts.
struct CSVMappingTests {
  private static let shape = """
    shape: finance/batch
    format: csv
    dialect: {separator: ";", encoding: windows-1252, quotes: needed, lines: crlf}
    fields:
      row*:
        Personnummer: personnummer
        Namn?: string
        Belopp?: decimal(comma)
        Besöksdatum: date
        Diagnos*: code
        "Akut vård?": boolean
        Anteckning?: text

    """
  private static let mapping = """
    mapping: finance/batch
    slices:
      Invoice.extension[urgent]: {url: "urn:example:urgent"}
      Invoice.extension[diagnosis]: {url: "urn:example:diagnosis"}
    both:
      row*:
        each:
          bill: Invoice
          patient: Patient as bill.subject
        both:
          Personnummer: patient.identifier[personnummer].value
          Namn: patient.name[first].text
          Belopp: bill.totalGross.value
          Besöksdatum: bill.date
          Diagnos*:
            each: bill.extension[diagnosis]* as diagnosis
            both:
              $: diagnosis.valueCode
          "`Akut vård`": bill.extension[urgent].valueBoolean
          Anteckning: bill.note[first].text
        in:
          bill.status: = 'issued'

    """
  private static let batch =
    "Personnummer;Namn;Belopp;Besöksdatum;Diagnos;Diagnos;Akut vård;Anteckning\r\n"
    + "191212121212;Åsa Öst;500,00;2026-11-20;J06.9;R05;true;\"rad 1; \"\"x\"\"\r\nrad 2\"\r\n"
    + "195704289999;;-12,5;2026-11-21;R05;;;\r\n"
  private let receipt = Receipt(
    received: "2026-11-21T10:15:00+01:00", id: "018f3c1e-0000-7000-8000-000000000001")

  private static func files() throws -> [ConfigurationFile] {
    try MappingFolder.files(in: RepositoryFolder.path + "/Mappings").filter { $0.name.hasPrefix("hub/") } + [
      ConfigurationFile(path: "finance/batch.shape.yaml", name: "finance/batch", text: shape),
      ConfigurationFile(path: "finance/batch.map.yaml", name: "finance/batch", text: mapping),
    ]
  }

  private func windows1252(_ text: String) throws -> [UInt8] {
    Array(try #require(text.data(using: .windowsCP1252)))
  }

  private func refusal(_ text: String) throws -> Diagnostic? {
    let library = try MappingLibrary(Self.files())
    let mapping = try library.mapping("finance/batch")
    do throws(DiagnosticError) {
      try Translator(library).read(
        Array("\u{FEFF}\(text)".utf8), as: mapping, named: "batch", receipt: receipt)
      return nil
    } catch {
      #expect(error.diagnostics.count == 1)
      return error.diagnostics.first
    }
  }

  @Test("Through the hub and back a table is the same, byte for byte")
  func roundTrip() throws {
    let library = try MappingLibrary(Self.files())
    let mapping = try library.mapping("finance/batch")
    let translator = Translator(library)
    let bytes = try windows1252(Self.batch)
    try translator.read(bytes, as: mapping, named: "batch", receipt: receipt)
    #expect(String(decoding: translator.hub(), as: UTF8.self).contains("\"totalGross\":{\"value\":500.00}"))
    #expect(try translator.write(as: mapping) == bytes)
  }

  @Test("Both laws hold for generated tables")
  func laws() throws {
    let study = try MappingStudy(Self.files())
    let report = study.laws(of: try study.library.mapping("finance/batch"), runs: 150, seed: 2)
    #expect(report.diagnostics.map(\.problem) == [])
    #expect(report.proven.values.allSatisfy { $0 > 100 } && report.proven.count == 2)
  }

  @Test("Generated tables survive being written and read, and being translated")
  func generated() throws {
    let text = Self.shape.replacing("windows-1252", with: "utf-8-bom")
    let files = try Self.files().map {
      $0.path.hasSuffix("batch.shape.yaml") ? ConfigurationFile(path: $0.path, name: $0.name, text: text) : $0
    }
    let library = try MappingLibrary(files)
    let mapping = try library.mapping("finance/batch")
    let translator = Translator(library)
    var generator = DocumentGenerator(for: mapping, seed: 4)
    for _ in 0..<100 {
      var forest = Forest(names: library.names)
      let bytes = try CSVWriter(mapping.table).bytes(generator.next(into: &forest), of: forest)
      try translator.read(bytes, as: mapping, named: "batch", receipt: receipt)
      let back = try translator.write(as: mapping)
      #expect(try DocumentComparison(library).differences(bytes, back, as: .csv, mapping.table) == [])
    }
  }

  @Test("A mistake in a cell is told at its line and column, and the column's name")
  func places() throws {
    let wrong = try #require(try refusal(Self.batch.replacing("-12,5", with: "-12.5")))
    #expect(wrong.problem.code == .invalidValue && wrong.place.line == 4 && wrong.place.column == 15)
    #expect(wrong.place.path == "row.Belopp")
    let missing = try #require(try refusal(Self.batch.replacing("2026-11-21", with: "")))
    #expect(missing.problem == .missingField(path: "row.Besöksdatum", shape: "finance/batch"))
  }

  @Test("More than 64 columns are checked too")
  func manyColumns() throws {
    let columns = (0..<70).map { "    k\($0): string\n" }.joined()
    let shape = "shape: a/wide\nformat: csv\nfields:\n  row*:\n\(columns)"
    let lines = (1..<70).map { "      k\($0): = 'x'\n" }.joined()
    let files =
      try Self.files().filter { $0.name.hasPrefix("hub/") } + [
        ConfigurationFile(path: "a/wide.shape.yaml", name: "a/wide", text: shape),
        ConfigurationFile(
          path: "a/wide.map.yaml", name: "a/wide",
          text:
            "mapping: a/wide\nboth:\n  row*:\n    each: Patient patient\n    both:\n      k0: patient.name[first].text\n    out:\n\(lines)"
        ),
      ]
    let library = try MappingLibrary(files)
    let header = (0..<70).map { "k\($0)" }.joined(separator: ",")
    let row = (0..<70).map { $0 == 68 ? "" : "x" }.joined(separator: ",")
    let error = #expect(throws: DiagnosticError.self) {
      try Translator(library).read(
        Array("\(header)\n\(row)\n".utf8), as: try library.mapping("a/wide"), named: "wide", receipt: receipt)
    }
    #expect(error?.diagnostics.map(\.problem) == [.missingField(path: "row.k68", shape: "a/wide")])
  }

  @Test("Formulas read tables, with their shape's types or without")
  func formulas() throws {
    let library = try MappingLibrary(Self.files())
    let bytes = try windows1252(Self.batch)
    let document = try FormulaDocument(
      bytes, named: "batch", shape: "finance/batch", now: "2026-11-21T10:15:00Z", library: library)
    let formula = try document.formula("row.where(Diagnos.count() = 2 and `Akut vård`).Namn")
    #expect(try document.evaluate(formula).map(\.text) == ["Åsa Öst"])
    let plain = try FormulaDocument(
      Array("a;b\n1;2\n3;".utf8), named: "x.csv", now: "2026-11-21T10:15:00Z", library: library)
    #expect(try plain.evaluate(try plain.formula("row.b.count()")).map(\.text) == ["1"])
  }

  @Test("A new format begins from a table of Excel's: its dialect is in the draft, and the draft translates")
  func drafts() throws {
    let example = Example(file: "batch.csv", bytes: try windows1252(Self.batch))
    let draft = try ShapeInference([example], name: "finance/new").draft.text
    #expect(draft.contains("format: csv\ndialect: {separator: \";\", encoding: windows-1252}\n"))
    for line in [
      "  row*:", "    Personnummer: personnummer", "    Belopp: decimal(comma)", "    Diagnos*: string",
    ] {
      #expect(draft.contains(line + "\n") || draft.contains(line + "  #"), "\(line) in \(draft)")
    }
    let format = try NewFormat(
      [example], name: "finance/new", resource: nil, folder: try Self.files(), knowledge: DraftingKnowledge())
    #expect(format.files.map(\.path).contains("finance/cases/first-new/input.csv"))
    #expect(throws: Diagnostic.self) {
      try ShapeInference([Example(file: "x.csv", bytes: Array("a;b".utf8))], name: "x/y")
    }
  }

  @Test(
    "A gateway takes tables and hands them out with their media type; the hub comes as the client accepts it")
  func serving() throws {
    let folder = NSTemporaryDirectory() + "sluss-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder + "/finance", withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: RepositoryFolder.path + "/Mappings/hub", toPath: folder + "/hub")
    try Self.shape.write(toFile: folder + "/finance/batch.shape.yaml", atomically: true, encoding: .utf8)
    try Self.mapping.write(toFile: folder + "/finance/batch.map.yaml", atomically: true, encoding: .utf8)
    let gateway = try RunningGateway(mappings: folder)
    defer { gateway.remove() }
    defer { gateway.stop() }
    let bytes = try windows1252(Self.batch)
    let id = try #require(try gateway.post(bytes, to: "/in/finance/batch").json["id"] as? String)
    let message = try gateway.message(id)
    #expect(message.json["state"] as? String == "translated")
    #expect(message.json["contentType"] as? String == "text/csv; charset=windows-1252; header=present")
    #expect(try gateway.get("/messages/\(id)/as/finance/batch").body == bytes)
    let path = "/messages/\(id)/hub"
    let xml = try gateway.curl(["-H", "Accept: application/json;q=0.5, application/fhir+xml"], path)
    #expect(xml.text.contains("<Bundle xmlns=\"http://hl7.org/fhir\">"))
    for accept in [
      "*/*", "text/html,application/xml;q=0.9,*/*;q=0.8", "application/fhir+xml;q=0",
      "application/fhir+json, application/fhir+xml",
    ] {
      #expect(
        try gateway.curl(["-H", "Accept: \(accept)"], path).json["type"] as? String == "collection",
        "\(accept)")
    }
  }
}
