import Diagnostics
import Documents
import Formats
import Foundation
import Gateway
import Mapping
import TestRig
import Testing

/// A row of Fixtures/contracts/contracts.csv: a mapping and the official schema of its documents.
struct Contract: CustomTestStringConvertible, Sendable {
  let mapping: String
  /// Below `rivta` in the shared folder.
  let schema: String
  let root: String

  var testDescription: String { mapping }
  var schemaFile: String { "\(SharedFolder.path ?? "")/rivta/\(schema)" }

  static let all: [Contract] = {
    let file = RepositoryFolder.path + "/Fixtures/contracts/contracts.csv"
    let text = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").dropFirst().filter { !$0.hasPrefix("#") }.compactMap { row in
      let cells = row.split(separator: ",").map(String.init)
      return cells.count == 3 ? Contract(mapping: cells[0], schema: cells[1], root: cells[2]) : nil
    }
  }()
}

/// What is written for a national contract obeys its schema, and what obeys the schema is read.
@Suite(.enabled(if: SharedFolder.path != nil, "the shared folder with the RIV-TA schemas is not there"))
struct ContractTests {
  private let study: MappingStudy
  private let translator: Translator
  private let receipt = Receipt(
    received: "2026-11-21T10:15:00+01:00", id: "018f3c1e-0000-7000-8000-000000000001")

  init() throws {
    study = try MappingFolder.study(RepositoryFolder.path + "/Mappings")
    translator = Translator(study.library)
  }

  @Test("There are contracts to try")
  func rows() {
    #expect(!Contract.all.isEmpty)
  }

  @Test("A thousand documents written from generated hubs are valid by the schema", arguments: Contract.all)
  func written(_ contract: Contract) throws {
    let mapping = try study.library.mapping(contract.mapping)
    var generator = try #require(HubGenerator(for: mapping, of: study, seed: 7))
    let writer = JSONWriter(names: study.library.names)
    let folder = try TemporaryFolder()
    defer { withExtendedLifetime(folder) {} }
    var files: [String] = []
    for _ in 0..<12_000 where files.count < 1000 {
      var forest = Forest(names: study.library.names)
      let bundle = writer.bytes(generator.next(into: &forest), of: forest)
      guard let document = written(bundle, as: mapping) else { continue }
      files.append(try folder.write(document, to: "\(files.count).xml"))
    }
    #expect(files.count == 1000, "of 12 000 hubs \(files.count) could be written")
    let valid = Set(try XMLLint.valid(files, against: contract.schemaFile))
    #expect(files.filter { !valid.contains($0) }.prefix(3).map(text) == [])
  }

  private func written(_ bundle: [UInt8], as mapping: Mapping) -> [UInt8]? {
    do {
      try translator.readHub(bundle, named: "hub", receipt: receipt)
      return try translator.write(as: mapping)
    } catch {
      return nil
    }
  }

  @Test("Documents that are valid by the schema are read", arguments: Contract.all)
  func read(_ contract: Contract) throws {
    let mapping = try study.library.mapping(contract.mapping)
    let sample = SampleSchema(contract.schemaFile)
    let folder = try TemporaryFolder()
    defer { withExtendedLifetime(folder) {} }
    var documents: [String: String] = [:]
    for seed in 0..<20 {
      for fullness in SampleDocument.Fullness.allCases {
        let text = SampleDocument.make(sample, root: contract.root, fullness, seed: UInt64(seed))
        documents[try folder.write(Array(text.utf8), to: "\(documents.count).xml")] = text
      }
    }
    let valid = try XMLLint.valid(documents.keys.sorted(), against: contract.schemaFile)
    #expect(valid.count > 20)
    for file in valid {
      let text = documents[file] ?? ""
      do throws(DiagnosticError) {
        try translator.check(Array(text.utf8), as: mapping, named: "m", receipt: receipt)
      } catch {
        Issue.record("\(error.diagnostics.prefix(3).map(\.problem.wording))\n\(text.prefix(3000))")
        return
      }
    }
  }

  private func text(_ file: String) -> String { (try? String(contentsOfFile: file, encoding: .utf8)) ?? "" }
}
