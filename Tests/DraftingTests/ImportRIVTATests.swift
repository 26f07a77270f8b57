import Drafting
import Foundation
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

  @Test("Documents that xmllint finds valid are read by the draft, from the least to all optional elements")
  func validDocuments() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("sluss-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var (valid, made, full, fullest) = (0, 0, 0, 0)
    for file in Self.schemas where file.contains("Responder") || file.hasSuffix("/CDA.xsd") {
      let schema = try open(file)
      let sample = SampleSchema(file)
      var documents: [(name: String, root: String, text: String, isFull: Bool)] = []
      for root in schema.rootElements {
        for (index, fullness) in SampleDocument.Fullness.allCases.enumerated() {
          let text = SampleDocument.make(sample, root: root, fullness, seed: UInt64(index + 7))
          documents.append(("\(documents.count).xml", root, text, fullness == .everything))
        }
      }
      for document in documents {
        try document.text.write(
          to: folder.appendingPathComponent(document.name), atomically: true, encoding: .utf8)
      }
      let accepted = try XMLLint.valid(
        documents.map { folder.appendingPathComponent($0.name).path }, against: file)
      for root in schema.rootElements {
        let imported = try ImportedSchema(schema, root: root)
        for document in documents where document.root == root {
          made += 1
          fullest += document.isFull ? 1 : 0
          guard accepted.contains(folder.appendingPathComponent(document.name).path) else { continue }
          valid += 1
          full += document.isFull ? 1 : 0
          let complaints = imported.complaints(about: document.text)
          #expect(complaints.isEmpty, "\(root) of \(file):\n\(complaints.prefix(5).joined(separator: "\n"))")
        }
      }
    }
    #expect(valid * 10 > made * 9, "\(valid) of \(made) documents are valid")
    #expect(full * 10 > fullest * 9, "\(full) of \(fullest) documents with everything are valid")
  }
}
