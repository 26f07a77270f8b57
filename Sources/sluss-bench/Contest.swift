import Foundation
import Gateway
import Mapping

/// A translation that is measured over and over.
struct Contest {
  let library: MappingLibrary
  let input: [UInt8]
  private let translator: Translator
  private let source: Mapping
  private let target: Mapping
  private let receipt = Receipt(received: "2026-11-21T10:15:00Z", id: "018f3c1e-0000-7000-8000-000000000001")

  /// - Parameter hub: another folder whose `hub` shapes are used.
  init(mappings: String, hub: String? = nil, from: String, to: String, input: [UInt8]) throws {
    var files = try MappingFolder.files(in: mappings)
    if let hub { files += try MappingFolder.files(in: hub).filter { $0.name.hasPrefix("hub/") } }
    library = try MappingLibrary(files)
    translator = Translator(library)
    source = try library.mapping(from)
    target = try library.mapping(to)
    self.input = input
    _ = try translate()
  }

  /// Parse, map to the hub, map out of it, serialise.
  func translate() throws -> [UInt8] {
    try translator.read(input, as: source, named: "bench", receipt: receipt)
    return try translator.write(as: target)
  }

  /// Likewise; the document stays where it was written.
  func run() throws {
    try translator.read(input, as: source, named: "bench", receipt: receipt)
    _ = try translator.write(as: target) { $0.count }
  }
}
