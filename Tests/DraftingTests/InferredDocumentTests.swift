import Documents
import Drafting
import Formats
import Gateway
import Mapping
import TestRig
import Testing

/// The law of inference: what a shape was drafted from, it reads.
struct InferredDocumentTests {
  private static let shapes = [
    "visiba/visit-event", "npo/care-contacts", "bench/visits", "bench/contacts",
  ]

  /// The repository's shapes, each with a mapping that only checks.
  private func library() throws -> MappingLibrary {
    let files = try ["/Mappings", "/Fixtures/bench/Mappings"].flatMap {
      try MappingFolder.files(in: RepositoryFolder.path + $0)
    }
    let plain = Self.shapes.map { shape in
      ConfigurationFile(
        path: "plain/\(shape).map.yaml", name: "plain/\(shape)",
        text: "mapping: plain/\(shape)\nshape: \(shape)\n")
    }
    return try MappingLibrary(files.filter { $0.path.hasSuffix(".shape.yaml") } + plain)
  }

  private func documents(_ shape: String, count: Int, seed: UInt64) throws -> [[UInt8]] {
    let library = try library()
    let mapping = try library.mapping("plain/" + shape)
    var generator = DocumentGenerator(for: mapping, seed: seed)
    let (json, xml) = (JSONWriter(names: library.names), XMLWriter(names: library.names))
    return (0..<count).map { _ in
      var forest = Forest(names: library.names)
      let root = generator.next(into: &forest)
      return mapping.format == .xml ? xml.bytes(root, of: forest) : json.bytes(root, of: forest)
    }
  }

  @Test("A shape drafted from generated documents reads every one of them", arguments: shapes)
  func reads(_ name: String) throws {
    for (count, seed) in [(1, 1), (2, 2), (3, 30), (7, 4), (60, 5)] as [(Int, UInt64)] {
      let documents = try documents(name, count: count, seed: seed)
      let shape = try InferredShape(bytes: documents)
      for document in documents {
        let diagnostics = shape.diagnostics(document)
        #expect(
          diagnostics.isEmpty, "\(diagnostics) \(String(decoding: document, as: UTF8.self)) \(shape.text)")
        if !diagnostics.isEmpty { return }
      }
    }
  }

  @Test(
    "A format begun from generated documents loads and translates them",
    arguments: [("visiba/visit-event", 3), ("npo/care-contacts", 2), ("bench/visits", 4)])
  func begins(_ name: String, _ count: Int) throws {
    let hub = try MappingFolder.files(in: RepositoryFolder.path + "/Mappings")
    for seed in [1, 2] as [UInt64] {
      let examples = try documents(name, count: count, seed: seed).map { Example(file: "x", bytes: $0) }
      let format = try NewFormat(
        examples, name: "new/format", resource: nil, folder: hub, knowledge: try RepositoryFolder.knowledge())
      let own = format.files.filter { !$0.path.contains("/cases/") }.map { file in
        ConfigurationFile(
          path: file.path, name: String(file.path.prefix { $0 != "." }),
          text: String(decoding: file.bytes, as: UTF8.self))
      }
      let library = try MappingLibrary(hub + own)
      let mapping = try library.mapping("new/format")
      for example in examples {
        let receipt = Receipt(received: "2026-11-21T10:15:00Z", id: "1")
        try Translator(library).read(example.bytes, as: mapping, named: "x", receipt: receipt)
      }
    }
  }

  @Test("Enough documents of a shape give its required fields and its types back")
  func recovers() throws {
    let shape = try InferredShape(
      bytes: try documents("visiba/visit-event", count: 80, seed: 9))
    #expect(shape.line("occurredAt") == "occurredAt: instant")
    #expect(shape.line("sourceSystem") == "sourceSystem: hsa-id")
    #expect(shape.line("protectedIdentity") == "protectedIdentity: boolean")
    #expect(shape.line("reserveNumber")?.hasPrefix("reserveNumber?: ") == true)
    #expect(shape.line("diagnoses") == "diagnoses*:")
    #expect(shape.line("type")?.hasPrefix("type: code(chat, phone, video)  # 3 values in 80") == true)
  }
}
