import Documents
import Drafting
import Formats
import Foundation
import Mapping
import TestRig
import Testing

/// The national contracts' schemas.
@Suite(.enabled(if: SharedFolder.path != nil, "the shared folder with the RIV-TA schemas is not there"))
struct ImportRIVTATests {
  private static let schemas: [String] = {
    let folder = (SharedFolder.path ?? "") + "/rivta"
    let files = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return files.filter { $0.hasSuffix(".xsd") }.sorted().map { "\(folder)/\($0)" }
  }()

  private func open(_ file: String) throws -> SchemaImport {
    try SchemaImport(file) { FileManager.default.contents(atPath: $0).map { Array($0) } }
  }

  @Test("Each element of each schema becomes a shape that loads")
  func everyElement() throws {
    #expect(Self.schemas.count > 200)
    var count = 0
    for file in Self.schemas {
      let schema = try open(file)
      for root in schema.rootElements {
        #expect(throws: Never.self, "\(root) of \(file)") { _ = try ImportedSchema(schema, root: root) }
        count += 1
      }
    }
    #expect(count > 300)
  }

  @Test(
    "Documents made from the draft of care contacts are valid: its names, namespaces and order are the schema's"
  )
  func madeDocuments() throws {
    let file = try #require(Self.schemas.first { $0.hasSuffix("/GetCareContactsResponder_3.0.xsd") })
    let imported = try ImportedSchema(try open(file), root: "GetCareContactsResponse")
    let folder = try TemporaryFolder()
    defer { withExtendedLifetime(folder) {} }
    var generator = DocumentGenerator(for: imported.mapping, seed: 3)
    let writer = XMLWriter(names: imported.library.names)
    var files: [String] = []
    for number in 0..<100 {
      var forest = Forest(names: imported.library.names)
      let root = generator.next(into: &forest)
      files.append(try folder.write(writer.bytes(root, of: forest), to: "\(number).xml"))
    }
    #expect(try XMLLint.valid(files, against: file).count == 100)
  }

  @Test("Documents that xmllint finds valid are read by the draft, from the least to all optional elements")
  func validDocuments() throws {
    let folder = try TemporaryFolder()
    defer { withExtendedLifetime(folder) {} }
    var (valid, made, full) = (0, 0, 0)
    for file in Self.schemas where file.contains("Responder") || file.hasSuffix("/CDA.xsd") {
      let schema = try open(file)
      let sample = SampleSchema(file)
      for root in schema.rootElements {
        let imported = try ImportedSchema(schema, root: root)
        var documents: [String: (text: String, isFull: Bool)] = [:]
        for (seed, fullness) in SampleDocument.Fullness.allCases.enumerated() {
          let text = SampleDocument.make(sample, root: root, fullness, seed: UInt64(seed + 7))
          documents[try folder.write(Array(text.utf8), to: "\(seed).xml")] = (text, fullness == .everything)
        }
        made += documents.count
        for path in try XMLLint.valid(documents.keys.sorted(), against: file) {
          guard let document = documents[path] else { continue }
          valid += 1
          full += document.isFull ? 1 : 0
          let complaints = imported.complaints(about: document.text)
          #expect(complaints.isEmpty, "\(root) of \(file):\n\(complaints.prefix(5).joined(separator: "\n"))")
        }
      }
    }
    #expect(valid * 100 > made * 95, "\(valid) of \(made) documents are valid")
    #expect(full > 200, "\(full) documents with everything are valid")
  }
}
