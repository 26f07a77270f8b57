/// How a table is written as CSV: shapes say it, the reader and the writer go by it.
public struct CSVDialect: Sendable, Equatable {
  /// How characters are bytes.
  public enum Encoding: String, Sendable, CaseIterable {
    case utf8 = "utf-8"
    /// With a byte order mark, by which spreadsheets know UTF-8.
    case utf8WithMark = "utf-8-bom"
    case windows1252 = "windows-1252"
  }

  /// Which cells are written in quotes.
  public enum Quotes: String, Sendable, CaseIterable {
    case needed, all
  }

  /// What ends a line that is written; all are read.
  public enum LineEnd: String, Sendable, CaseIterable {
    case crlf, lf
  }

  /// One byte of ASCII between cells; `nil`: a comma, and on reading what the header shows.
  public var separator: UInt8?
  /// A byte order mark decides when a document has one.
  public var encoding = Encoding.utf8
  /// Which cells are written in quotes.
  public var quotes = Quotes.needed
  /// What ends a line that is written.
  public var lines = LineEnd.crlf
  /// Whether cells that a spreadsheet would take for formulas are written behind an apostrophe, and read
  /// without it.
  public var guardsFormulas = false

  /// RFC 4180 in UTF-8.
  public init() {}
}

/// A table as a shape knows it.
public struct CSVTable: Sendable {
  /// One column.
  public struct Column: Sendable {
    /// What the header calls it.
    public let name: NameID
    /// Whether the header must have it.
    public let isRequired: Bool
    /// Whether the header may have it several times.
    public let repeats: Bool

    /// A column.
    public init(name: NameID, isRequired: Bool, repeats: Bool) {
      self.name = name
      self.isRequired = isRequired
      self.repeats = repeats
    }
  }

  /// The field of a document's rows.
  public static let row = "row"

  /// How it is written.
  public var dialect = CSVDialect()
  /// In the order in which they are written; none: those of the document.
  public var columns: [Column] = []
  /// Whether columns that are not among these are refused.
  public var isClosed = false
  /// The shape's name, for diagnostics.
  public var shape = ""

  /// A table of which nothing is known.
  public init() {}
}
