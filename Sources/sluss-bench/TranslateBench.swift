import Documents
import Formats
import Foundation
import Gateway
import Mapping

/// The example visit event: translating it, against only reading its JSON and writing its XML.
enum TranslateBench {
  static func run() throws {
    let contest = try Contest(
      mappings: "Mappings", from: "visiba/visit-event", to: "npo/care-contacts",
      input: Array(
        try Data(contentsOf: URL(fileURLWithPath: "Mappings/visiba/cases/completed-visit/event.json"))))
    var codecs = try CodecsAlone(contest)
    var best = (codecs: 0.0, translate: 0.0)
    for _ in 0..<5 {
      best.codecs = max(best.codecs, Rate.best(rounds: 2) { codecs.run() })
      best.translate = max(best.translate, try Rate.best(rounds: 2) { try contest.run() })
    }
    Rate.report("example.codecs", best.codecs)
    Rate.report("example.translate", best.translate)
  }
}

/// Reads the input and writes the output of a contest with the same codecs, and nothing between.
private struct CodecsAlone: ~Copyable {
  private let input: [UInt8]
  private let reader = JSONReader()
  private let writer: XMLWriter
  private var source: Forest
  private var target: Forest
  private let root: NodeID
  private var out = Arena<UInt8>(capacity: 16_384)

  init(_ contest: Contest) throws {
    input = contest.input
    let names = contest.library.names
    writer = XMLWriter(names: names)
    source = Forest(names: names)
    target = Forest(names: names)
    root = try XMLReader().read(try contest.translate(), named: "bench", into: &target)
  }

  mutating func run() {
    source.removeAll()
    _ = try? reader.read(input, named: "bench", into: &source)
    out.truncate(to: 0)
    writer.write(root, of: target, to: &out)
  }
}
