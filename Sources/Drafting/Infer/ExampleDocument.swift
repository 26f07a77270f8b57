import Diagnostics
import Documents
import Formats
import Mapping

/// An example as it lies on disk.
public struct Example: Sendable {
  /// Its path as the user gave it.
  public let file: String
  /// Its bytes.
  public let bytes: [UInt8]

  /// An example that was read.
  public init(file: String, bytes: [UInt8]) {
    self.file = file
    self.bytes = bytes
  }

  /// The file's name without its folders, for remarks: drafts name no paths of a machine.
  var name: String { file.split(separator: "/").last.map(String.init) ?? file }

  /// The format, told by the first character: an example in JSON is an object.
  var format: Format {
    let marks: Set<UInt8> = [0xEF, 0xBB, 0xBF, 0xFE, 0xFF, 0]
    switch bytes.first(where: { $0 > 0x20 && !marks.contains($0) }) {
    case UInt8(ascii: "<"): return .xml
    case UInt8(ascii: "{"), UInt8(ascii: "["), nil: return .json
    default: return .csv
    }
  }

  /// Reads it into a forest and returns its root.
  func read(into forest: inout Forest) throws(Diagnostic) -> NodeID {
    switch format {
    case .json: try JSONReader().read(bytes, named: file, into: &forest)
    case .xml: try XMLReader().read(bytes, named: file, into: &forest)
    case .hl7v2: try HL7v2Reader(names: forest.names).read(bytes, named: file, into: &forest)
    case .csv: try CSVReader(table).read(bytes, named: file, into: &forest)
    }
  }

  private var table: CSVTable {
    var table = CSVTable()
    table.dialect = CSVDialect.detected(in: bytes)
    return table
  }

  /// The beginning of the file.
  var place: Place { Place(file: file, line: 1, column: 1) }
}

/// What kind of tree a format's documents are.
struct TreeKind: Equatable, Sendable {
  /// Values are all texts, and what repeats stands several times (XML, CSV); else there are kinds and arrays
  /// (JSON).
  let isPlain: Bool

  /// Whether what stands at the top repeats, even if the examples have one of it (CSV's rows).
  let isTable: Bool

  init(_ format: Format) {
    isPlain = format != .json
    isTable = format == .csv
  }
}
