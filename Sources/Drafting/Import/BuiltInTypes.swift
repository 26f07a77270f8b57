/// What the simple types of XML Schema are drafted as (XML Schema part 2, section 3).
enum BuiltInTypes {
  /// The draft of a type by its local name; `nil` when there is no such type.
  static func value(_ name: String) -> SchemaValue? {
    switch name {
    case "string", "anySimpleType", "NMTOKENS", "IDREFS", "ENTITIES": .text
    case "normalizedString", "token": SchemaValue(type: "string", family: .text)
    case "language", "Name", "NCName", "NMTOKEN", "ID", "IDREF", "ENTITY", "NOTATION", "QName":
      SchemaValue(type: "code", family: .text)
    case "anyURI": remarked(name, .uris)
    case "boolean": SchemaValue(type: "boolean", family: .other)
    case "decimal": SchemaValue(type: "decimal", family: .other)
    case "float", "double": remarked(name, .floats)
    case "dateTime", "date", "time": remarked(name, .times)
    case "dateTimeStamp": SchemaValue(type: "code", family: .other, remark: "xs:\(name): instant")
    case "base64Binary": SchemaValue(type: "base64", family: .other)
    case "hexBinary", "duration", "gYear", "gYearMonth", "gMonth", "gMonthDay", "gDay":
      SchemaValue(type: "code", family: .other, remark: "xs:\(name)")
    default: integers.contains(name) ? SchemaValue(type: "integer", family: .integer) : nil
    }
  }

  private static func remarked(_ name: String, _ note: SchemaNote) -> SchemaValue {
    SchemaValue(type: "code", family: .other, remark: "xs:\(name)", notes: [note])
  }

  private static let integers: Set = [
    "integer", "long", "int", "short", "byte", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger",
    "negativeInteger", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte",
  ]

  /// Attributes that every schema may use without importing them.
  static func xmlAttribute(_ name: String) -> SchemaValue? {
    switch name {
    case "lang", "space", "id": SchemaValue(type: "code", family: .text)
    case "base": remarked("anyURI", .uris)
    default: nil
    }
  }
}
