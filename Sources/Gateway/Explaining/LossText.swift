import Diagnostics
public import Mapping

/// A ``LossReport`` for people, and for tools.
public struct LossText {
  private let report: LossReport

  /// A report to be shown.
  public init(_ report: LossReport) {
    self.report = report
  }

  /// A table: what arrives, what is narrowed, what is lost, and what the target misses.
  public var table: String {
    let width = min(48, report.fields.map(\.path.count).max() ?? 0)
    var lines = ["\(report.source) → \(report.target)", ""]
    for fate in FieldLoss.Fate.allCases.reversed() {
      lines += report.fields.filter { $0.fate == fate }.flatMap { self.lines($0, width) }
    }
    lines += report.unfed.map(line)
    let counts = FieldLoss.Fate.allCases.map { fate in
      "\(report.fields.count { $0.fate == fate }) \(fate.rawValue)"
    }
    lines += ["", counts.joined(separator: ", ") + ", \(report.unfed.count) required unfed"]
    return lines.joined(separator: "\n")
  }

  private func lines(_ field: FieldLoss, _ width: Int) -> [String] {
    let head = "\(padded(field.fate.rawValue, 9))\(padded(field.path, width))  "
    let margin = String(repeating: " ", count: 9)
    let places = field.rules.map { "\($0.place.file):\($0.place.line)" }.joined(separator: ", ")
    let reasons = field.reasons.joined(separator: "; ")
    let target = field.written.isEmpty ? reasons : "→ " + field.written.joined(separator: ", ")
    let why = field.written.isEmpty || reasons.isEmpty ? [] : [margin + "  " + reasons]
    return [head + target] + why + (places.isEmpty ? [] : [margin + "  " + places])
  }

  private func line(_ field: UnfedField) -> String {
    let sources = field.sources.joined(separator: ", ")
    let why =
      field.isNeverFed
      ? "required, and nothing feeds it"
      : "required, and fed only when there is \(sources.isEmpty ? "something to feed it" : sources)"
    return padded("unfed", 9) + field.path + "  " + why
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  // MARK: For tools

  /// One object: `source`, `target`, `fields`, `unfed`.
  public var json: [UInt8] {
    JSONTree.object([
      ("source", .text(report.source)), ("target", .text(report.target)),
      ("fields", .array(report.fields.map(json))),
      (
        "unfed",
        .array(
          report.unfed.map { field in
            .object([
              ("path", .text(field.path)), ("never", .boolean(field.isNeverFed)),
              ("sources", .texts(field.sources)),
            ])
          })
      ),
    ]).bytes
  }

  private func json(_ field: FieldLoss) -> JSONTree {
    let rules = field.rules.map { rule in
      JSONTree.object([
        ("file", .text(rule.place.file)), ("line", .number(rule.place.line)), ("target", .text(rule.target)),
        ("source", .text(rule.source)), ("through", .texts(rule.through)),
      ])
    }
    return .object([
      ("path", .text(field.path)), ("type", .text(field.type)), ("fate", .text(field.fate.rawValue)),
      ("written", .texts(field.written)), ("hub", .texts(field.hub)), ("reasons", .texts(field.reasons)),
      ("rules", .array(rules)),
    ])
  }
}
