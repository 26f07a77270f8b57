import Diagnostics

/// Checks what stands behind the `|` of a line and between its two types.
struct ConversionChecker {
  let tables: TableLibrary
  let mapping: String

  /// The conversions of a line in one direction; written from the format to the hub, hence undone in reverse
  /// on the way out.
  func chain(
    _ written: [ConversionSource], from: ScalarType, to: ScalarType, _ direction: Direction, at place: Place
  ) throws(Diagnostic) -> [Conversion] {
    var type = from
    var chain: [Conversion] = []
    for (index, source) in (direction == .in ? written : written.reversed()).enumerated() {
      let isLast = index == written.count - 1
      chain += try step(source, &type, to: isLast ? to : nil, direction)
    }
    guard let rest = TypeConversion.between(type, to) else {
      let remedy = TypeConversion.remedy(type, to)
      throw Diagnostic(.typeClash(left: type.description, right: to.description, remedy: remedy), at: place)
    }
    return chain + rest
  }

  private func step(
    _ source: ConversionSource, _ type: inout ScalarType, to: ScalarType?, _ direction: Direction
  ) throws(Diagnostic) -> [Conversion] {
    switch (source.name, source.argument) {
    case ("prefix", let text?):
      let before = try taken(type, as: .string, source)
      type = .string
      return before + [direction == .in ? .addPrefix(text) : .removePrefix(text)]
    case ("base64", nil):
      let before = try taken(type, as: direction == .in ? .text : .base64, source)
      type = direction == .in ? .base64 : .text
      return before + [direction == .in ? .encodeBase64 : .decodeBase64]
    case ("not", nil):
      return try taken(type, as: .boolean, source) + [.negate]
    default: return try [table(source, &type, to: to, direction)]
    }
  }

  private func taken(_ type: ScalarType, as wanted: ScalarType, _ source: ConversionSource) throws(Diagnostic)
    -> [Conversion]
  {
    if let chain = TypeConversion.between(type, wanted) { return chain }
    throw Diagnostic(
      .typeClash(left: type.description, right: "\(wanted) for `\(source.name)`", remedy: nil),
      at: source.place)
  }

  private func table(
    _ source: ConversionSource, _ type: inout ScalarType, to: ScalarType?, _ direction: Direction
  ) throws(Diagnostic) -> Conversion {
    guard let table = tables.find(source.name, for: mapping), source.argument == nil else {
      let near = NearNames.of(source.name, among: tables.names(for: mapping) + ["prefix", "base64", "not"])
      throw Diagnostic(.unknownConverter(name: source.name, near: near), at: source.place)
    }
    let uses = [Diagnostic.Label(source.place, "used here")]
    if let (first, second) = table.ambiguousRows(direction).first {
      let code = second.source(direction)
      throw Diagnostic(
        .tableIsAmbiguous(code: code, direction: direction.rawValue), at: second.place,
        labels: [.init(first.place, "the first")] + uses)
    }
    try checkCovers(table, type, direction, source)
    if case .code(let allowed)? = to, !allowed.isEmpty { try checkAllowed(table, allowed, direction, uses) }
    type = result(of: table, direction, giving: to)
    return .table(table.name, direction)
  }

  /// A line under `both` needs a way back for every code of its table.
  func checkComesBack(_ source: ConversionSource) throws(Diagnostic) {
    guard source.argument == nil, let table = tables.find(source.name, for: mapping),
      let broken = table.firstBroken
    else { return }
    throw Diagnostic(
      .tableNotReversible(
        code: broken.code, through: broken.through, back: broken.back,
        direction: broken.direction.rawValue),
      at: broken.row.place, labels: [.init(source.place, "used under `both` here")])
  }

  /// The codes that come out, or the type they are for when that is no code.
  private func result(of table: CodeTable, _ direction: Direction, giving to: ScalarType?) -> ScalarType {
    switch to {
    case .code(let allowed)?: .code(allowed)
    case .boolean?: .boolean
    case .uri?: .uri
    case .text?: .text
    default: .string
    }
  }

  private func checkCovers(
    _ table: CodeTable, _ type: ScalarType, _ direction: Direction, _ source: ConversionSource
  ) throws(Diagnostic) {
    let codes: [String] =
      switch type {
      case .code(let codes): codes
      case .boolean: ["true", "false"]
      default: []
      }
    guard table.pattern(direction) == nil else { return }
    let known = Set(table.rows(direction).map { $0.source(direction) })
    let missing = codes.filter { !known.contains($0) }
    guard missing.isEmpty else {
      throw Diagnostic(
        .tableMissesCode(
          table: table.name, column: table.column(direction), codes: missing, direction: direction.rawValue),
        at: source.place, labels: [.init(table.place, "the table")])
    }
  }

  private func checkAllowed(
    _ table: CodeTable, _ allowed: [String], _ direction: Direction, _ uses: [Diagnostic.Label]
  ) throws(Diagnostic) {
    for row in table.rows(direction) where !row.target(direction).isEmpty {
      let code = row.target(direction)
      guard allowed.contains(code) else {
        throw Diagnostic(
          .tableHasUnknownCode(
            table: table.name, column: table.column(direction == .in ? .out : .in), code: code,
            near: NearNames.of(code, among: allowed)), at: row.place, labels: uses)
      }
    }
  }
}
