/// What a simple type's values are drafted as.
struct SchemaValue: Equatable {
  /// How the schema's own types behave when they are narrowed.
  enum Family {
    /// Texts: codes and patterns narrow them.
    case text
    /// Whole numbers: lists of codes narrow them.
    case integer
    /// Anything else stays as it is.
    case other
  }

  /// The type as shapes write it.
  var type: String
  var family: Family
  /// The codes of an enumeration that a shape can list.
  var codes: [String] = []
  /// Whether the schema lists the empty value beside others.
  var mayBeEmpty = false
  /// What the engineer should know of a field with it.
  var remark = ""
  /// What the engineer should know once.
  var notes: Set<SchemaNote> = []

  static let text = SchemaValue(type: "text", family: .text)

  /// Whether the type demands nothing, so that an empty value is usual.
  var isFree: Bool { type == "text" || type == "string" }
}

/// Remarks at the top of a draft, for what concerns many fields.
enum SchemaNote: String, CaseIterable {
  case required = "A value that must be there must not be empty either, though the schema's texts may be."
  case wildcards = "The schema allows further elements or attributes (xs:any): they are kept, and counted."
  case times =
    "xs:dateTime, xs:date and xs:time may carry an offset or not: narrow to instant, local-time(ZONE), date, time."
  case uris = "xs:anyURI may hold spaces: narrow to uri."
  case floats = "xs:double and xs:float may have an exponent: narrow to decimal."
  case localTimes = "YYYYMMDDhhmmss is narrowed to a local time of Europe/Stockholm, by its pattern."
  case dates = "YYYYMMDD is narrowed to a date, by its pattern."
}
