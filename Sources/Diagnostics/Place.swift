/// Where in a file or message something stands, ready to be shown without the source at hand.
public struct Place: Sendable, Equatable {
  /// The file's path as the user gave it, or a name such as `input` for a message.
  public let file: String
  /// 1-based line.
  public let line: Int
  /// 1-based column, counted in characters (Unicode scalars).
  public let column: Int
  /// How many characters the caret underlines, at least 1.
  public let length: Int
  /// The line's text. `nil` for messages: patient data never appears in a diagnostic.
  public var excerpt: String? { written.map { String($0) } }
  /// Only copied when somebody looks: many places are made, few are shown.
  private let written: Substring?
  /// The path of the field within its document (`visit.patient.personalNumber`), where there is one.
  public var path: String?

  /// A place that is already counted out.
  public init(
    file: String, line: Int, column: Int, length: Int = 1, excerpt: String? = nil, path: String? = nil
  ) {
    self.file = file
    self.line = line
    self.column = column
    self.length = max(1, length)
    self.written = excerpt.map { $0[...] }
    self.path = path
  }

  /// A place in a file's line.
  init(file: String, line: Int, column: Int, length: Int, written: Substring?) {
    self.file = file
    self.line = line
    self.column = column
    self.length = max(1, length)
    self.written = written
  }
}

extension Place {
  /// The place of a byte offset in a received message; shows no text of it. Lines end with a line feed, a
  /// carriage return or both.
  /// - Parameter offset: bytes from the start; past the end means the end.
  public init(message bytes: some Collection<UInt8>, named file: String, offset: Int, path: String? = nil) {
    let counted =
      bytes.withContiguousStorageIfAvailable { Self.count($0, offset) }
      ?? Array(bytes).withUnsafeBufferPointer { Self.count($0, offset) }
    self.init(file: file, line: counted.line, column: counted.column, path: path)
  }

  private static func count(
    _ bytes: UnsafeBufferPointer<UInt8>, _ offset: Int
  ) -> (line: Int, column: Int) {
    var line = 1
    var column = 1
    var previous: UInt8 = 0
    for byte in bytes.prefix(offset) {
      if byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\n") && previous != UInt8(ascii: "\r") {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80, byte != UInt8(ascii: "\n") {
        column += 1
      }
      previous = byte
    }
    return (line, column)
  }
}
