import Foundation
import Gateway
import Mapping

/// A translation that is measured over and over.
struct Contest {
  let translator: Translator
  let source: Mapping
  let target: Mapping
  let input: [UInt8]
  private let receipt = Receipt(received: "2026-11-21T10:15:00Z", id: "018f3c1e-0000-7000-8000-000000000001")

  init(mappings: String, from: String, to: String, input file: String) throws {
    let library = try MappingFolder.load(mappings)
    translator = Translator(library)
    source = try library.mapping(from)
    target = try library.mapping(to)
    input = Array(try Data(contentsOf: URL(fileURLWithPath: file)))
  }

  /// Parse, map to the hub, map out of it, serialise.
  func translate() throws -> [UInt8] {
    try translator.read(input, as: source, named: "bench", receipt: receipt)
    return try translator.write(as: target)
  }
}
