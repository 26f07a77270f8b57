import Documents
import Formats
import Foundation
import Gateway
import Mapping

/// An admission of two kilobytes: reading it into the tree, and writing it again.
enum HL7v2Bench {
  static func run() throws {
    let message = Array(try Data(contentsOf: URL(fileURLWithPath: "Fixtures/bench/adt.hl7")))
    let names = try MappingFolder.load("Mappings").names
    let reader = HL7v2Reader(names: names)
    let writer = HL7v2Writer(names: names)
    var forest = Forest(names: names)
    var out = Arena<UInt8>(capacity: 16_384)
    let rate = try Rate.best {
      forest.removeAll()
      out.truncate(to: 0)
      let root = try reader.read(message, named: "bench", into: &forest)
      try writer.write(root, of: forest, to: &out)
    }
    Rate.report("hl7v2.sluss", rate)
  }
}
