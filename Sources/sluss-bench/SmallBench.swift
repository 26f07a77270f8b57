import Foundation

/// A small visit, and one document with a thousand of them.
enum SmallBench {
  private static let mappings = "Fixtures/bench/Mappings"

  static func run() throws {
    let visit = Array(try Data(contentsOf: URL(fileURLWithPath: "Fixtures/bench/visit.json")))
    let small = try Contest(
      mappings: mappings, hub: "Mappings", from: "bench/visit", to: "bench/contact", input: visit)
    Rate.report("small.sluss", try Rate.best { _ = try small.translate() })
    let thousand =
      Array("{\"visits\":[".utf8)
      + [[UInt8]](repeating: visit, count: 1000).joined(separator: [UInt8(ascii: ",")])
    let batch = try Contest(
      mappings: mappings, hub: "Mappings", from: "bench/visits", to: "bench/contacts",
      input: thousand + Array("]}".utf8))
    Rate.report("batch.sluss", try Rate.best { _ = try batch.translate() })
  }
}
