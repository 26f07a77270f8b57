import Diagnostics
import Documents
import Formats
import Mapping

/// The readers and writers of all formats, for one table of names.
struct Codecs: Sendable {
  let json: JSONWriter
  let prettyJSON: JSONWriter
  private let xml: XMLWriter
  private let hl7v2: HL7v2Writer
  private let hl7v2Reader: HL7v2Reader
  private let jsonReader: JSONReader
  private let xmlReader: XMLReader
  private let limits: ReadingLimits

  init(names: NameTable, limits: ReadingLimits) {
    json = JSONWriter(names: names)
    prettyJSON = JSONWriter(names: names, pretty: true)
    xml = XMLWriter(names: names)
    hl7v2 = HL7v2Writer(names: names)
    hl7v2Reader = HL7v2Reader(names: names, limits: limits)
    jsonReader = JSONReader(limits: limits)
    xmlReader = XMLReader(limits: limits)
    self.limits = limits
  }

  func read(
    _ bytes: [UInt8], as format: Format, _ table: CSVTable = CSVTable(), named file: String,
    into forest: inout Forest
  ) throws(Diagnostic) -> NodeID {
    switch format {
    case .json: try jsonReader.read(bytes, named: file, into: &forest)
    case .xml: try xmlReader.read(bytes, named: file, into: &forest)
    case .hl7v2: try hl7v2Reader.read(bytes, named: file, into: &forest)
    case .csv: try CSVReader(table, limits: limits).read(bytes, named: file, into: &forest)
    }
  }

  /// - Throws: what the format can't hold.
  func write(
    _ root: NodeID, as mapping: Mapping, of forest: borrowing Forest, to out: inout Arena<UInt8>
  ) throws(WritingFault) {
    switch mapping.format {
    case .json: json.write(root, of: forest, to: &out)
    case .xml: xml.with(mapping.prefixes).write(root, of: forest, to: &out)
    case .hl7v2: try hl7v2.write(root, of: forest, to: &out)
    case .csv: try CSVWriter(mapping.table).write(root, of: forest, to: &out)
    }
  }
}
