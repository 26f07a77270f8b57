package import Documents
public import FHIRPath

/// The type of a value. Few and domain-true; the mapping language's page lists what each accepts.
public enum ScalarType: Hashable, Sendable {
  case string, text, boolean, integer, decimal, time, uri, base64, personnummer, hsaID, any
  /// With a decimal comma, `12,50`.
  case commaDecimal
  /// A `string`, or with `hasLines` a `text`, of at most so many characters (Unicode scalars, as XML Schema counts).
  case limited(Int, hasLines: Bool)
  /// What a regular expression describes.
  case pattern(WholePattern)
  /// `isPartial`: year or year and month will do (FHIR `date`). `isCompact`: `20261121`.
  case date(isPartial: Bool, isCompact: Bool)
  /// With an offset; `isPartial` also takes what a partial date takes (FHIR `dateTime`).
  case instant(isPartial: Bool)
  /// Without an offset, in the zone named. `isCompact`: `20261121101500` (RIV-TA).
  case localTime(zone: String, isCompact: Bool)
  /// HL7 v2's time stamp, in the zone named unless it has an offset; `isPartial`: a date, a month or a year
  /// will do.
  case timestamp(zone: String, isPartial: Bool)
  /// One of the codes; none listed means any token without white space.
  case code([String])
  /// Exactly this text.
  case fixed(String)
}

extension ScalarType: CustomStringConvertible {
  /// The type as it is written in a shape.
  public var description: String {
    switch self {
    case .string: "string"
    case .text: "text"
    case .boolean: "boolean"
    case .integer: "integer"
    case .decimal: "decimal"
    case .commaDecimal: "decimal(comma)"
    case .time: "time"
    case .uri: "uri"
    case .base64: "base64"
    case .personnummer: "personnummer"
    case .hsaID: "hsa-id"
    case .any: "any"
    case .limited(let length, let hasLines): (hasLines ? "text" : "string") + "(\(length))"
    case .pattern(let pattern): "pattern(\(pattern.source))"
    case .date(let isPartial, let isCompact):
      "date" + arguments([isCompact ? "YYYYMMDD" : nil, isPartial ? "partial" : nil])
    case .instant(let isPartial): "instant" + arguments([isPartial ? "partial" : nil])
    case .localTime(let zone, let isCompact):
      "local-time" + arguments([zone, isCompact ? "YYYYMMDDhhmmss" : nil])
    case .timestamp(let zone, let isPartial):
      "local-time" + arguments([zone, "HL7", isPartial ? "partial" : nil])
    case .code(let codes): "code" + arguments(codes)
    case .fixed(let value): "= \(value)"
    }
  }

  private func arguments(_ arguments: [String?]) -> String {
    let given = arguments.compactMap { $0 }
    return given.isEmpty ? "" : "(\(given.joined(separator: ", ")))"
  }

  /// What a value must look like, in words for the diagnostic.
  var rule: String {
    switch self {
    case .string: "expected one line of text without control characters"
    case .text: "expected text without control characters other than line breaks and tabs"
    case .boolean: "expected true or false"
    case .integer: "expected digits, with `-` before them if negative"
    case .decimal: "expected digits with a decimal point, no exponent"
    case .commaDecimal: "expected digits with a decimal comma, without spaces or points between them"
    case .time: "expected hh:mm:ss"
    case .uri: "expected a URI, which has no white space"
    case .base64: "expected base64 (RFC 4648)"
    case .personnummer: "expected twelve digits, YYYYMMDDNNNC, with a right check digit"
    case .hsaID: "expected SE, ten digits, `-` and up to 16 letters and digits"
    case .any: "anything"
    case .limited(let length, let hasLines):
      "expected \(hasLines ? "text" : "one line of text") of at most \(length) characters"
    case .pattern(let pattern): "expected what \(pattern.source) describes"
    case .date(let isPartial, let isCompact):
      "expected \(isCompact ? "YYYYMMDD" : "YYYY-MM-DD")" + (isPartial ? ", or its month or year alone" : "")
        + ", a day of the calendar"
    case .instant(let isPartial):
      "expected YYYY-MM-DDThh:mm:ss with an offset (Z or +01:00)" + (isPartial ? ", or a date" : "")
    case .localTime(_, let isCompact):
      "expected \(isCompact ? "YYYYMMDDhhmmss of 1900 to 2099" : "YYYY-MM-DDThh:mm:ss, fraction and offset at will")"
    case .timestamp(_, let isPartial):
      "expected YYYYMMDDhh, then mm, ss, a fraction and an offset (+0100) as far as known"
        + (isPartial ? ", or a date" : "")
    case .code(let codes):
      codes.isEmpty
        ? "expected a code, which has no white space" : "expected \(codes.joined(separator: ", "))"
    case .fixed(let value): "expected \(value)"
    }
  }
}

extension ScalarType {
  /// Reads a type as a shape writes it; `nil` when it is none.
  package init?(parsing source: String) {
    if source == "=" || source.hasPrefix("= ") {
      self = .fixed(String(source.dropFirst(2)))
      return
    }
    guard let bracket = source.utf8.firstIndex(of: UInt8(ascii: "(")) else {
      self.init(name: source, arguments: [], isCalled: false)
      return
    }
    guard source.hasSuffix(")") else { return nil }
    let inside = source[source.index(after: bracket)...].dropLast()
    if source[..<bracket] == "pattern" {
      guard let pattern = WholePattern(String(inside)) else { return nil }
      self = .pattern(pattern)
      return
    }
    let arguments = inside.split(separator: ",").map { String($0.trimming(" ")) }
    self.init(name: String(source[..<bracket]), arguments: arguments, isCalled: true)
  }

  private init?(name: String, arguments: [String], isCalled: Bool) {
    if name == "code" {
      guard !isCalled || !arguments.isEmpty else { return nil }
      self = .code(arguments)
    } else if let simple = Self.simple[name], !isCalled {
      self = simple
    } else if let limited = Self.limited(name, arguments) {
      self = limited
    } else if let dated = Self.dated(name, arguments) {
      self = dated
    } else {
      return nil
    }
  }

  private static let simple: [String: ScalarType] = [
    "string": .string, "text": .text, "boolean": .boolean, "integer": .integer, "decimal": .decimal,
    "time": .time, "uri": .uri, "base64": .base64, "personnummer": .personnummer, "hsa-id": .hsaID,
    "any": .any,
  ]

  /// What types of values begin with.
  public static var keywords: [String] { simple.keys + ["code", "date", "instant", "local-time", "pattern"] }

  /// What stands before the bracket; a fixed value is a `string`.
  package var keyword: String {
    if case .fixed = self { return "string" }
    return String(description.prefix { $0 != "(" })
  }

  private static func limited(_ name: String, _ arguments: [String]) -> ScalarType? {
    guard arguments.count == 1, let length = Int(arguments[0]), length > 0 else { return nil }
    return switch name {
    case "string": .limited(length, hasLines: false)
    case "text": .limited(length, hasLines: true)
    default: nil
    }
  }

  private static func dated(_ name: String, _ arguments: [String]) -> ScalarType? {
    switch (name, arguments) {
    case ("decimal", ["comma"]): .commaDecimal
    case ("date", []): .date(isPartial: false, isCompact: false)
    case ("date", ["partial"]): .date(isPartial: true, isCompact: false)
    case ("date", ["YYYYMMDD"]): .date(isPartial: false, isCompact: true)
    case ("date", ["YYYYMMDD", "partial"]): .date(isPartial: true, isCompact: true)
    case ("instant", []): .instant(isPartial: false)
    case ("instant", ["partial"]): .instant(isPartial: true)
    case ("local-time", let a) where a.count == 1: .localTime(zone: a[0], isCompact: false)
    case ("local-time", let a) where a.count == 2 && a[1] == "YYYYMMDDhhmmss":
      .localTime(zone: a[0], isCompact: true)
    case ("local-time", let a) where a.count == 2 && a[1] == "HL7":
      .timestamp(zone: a[0], isPartial: false)
    case ("local-time", let a) where a.count == 3 && a[1] == "HL7" && a[2] == "partial":
      .timestamp(zone: a[0], isPartial: true)
    default: nil
    }
  }

  /// The zone that times without an offset are in.
  var zone: String? {
    switch self {
    case .localTime(let zone, _), .timestamp(let zone, _): zone
    default: nil
    }
  }

  /// What a value of this type is in JSON.
  package var jsonKind: NodeKind {
    switch self {
    case .boolean: .boolean
    case .integer, .decimal: .number
    default: .string
    }
  }
}

extension Substring {
  /// Without this character at both ends.
  func trimming(_ character: Character) -> Substring {
    var rest = self
    while rest.first == character { rest.removeFirst() }
    while rest.last == character { rest.removeLast() }
    return rest
  }
}
