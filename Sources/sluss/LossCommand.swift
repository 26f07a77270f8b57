import Gateway
import Mapping

extension Subcommand {
  static let loss = Subcommand(
    name: "loss",
    summary: "Lists what a translation carries, narrows and loses.",
    usage: "A B [--fail-on RULE,…] [--json]",
    text: """
      For a translation from A to B through the hub: each field of A that arrives, is narrowed (lower precision, fewer codes,
      fewer repetitions) or is lost, with the lines that carry it and the reason; and fields that B requires and that A does not
      feed always. Found by translating documents made from A's shape.

      --fail-on ends with status 1 when a field meets a rule: KIND or KIND:PATH, KIND being lost, narrowed or unfed, PATH a
      field or the beginning of several with `*`.

        sluss loss visiba/visit-event npo/care-contacts
        sluss loss visiba/visit-event npo/care-contacts --fail-on lost:patient.*,unfed
      """,
    options: [
      Option("--fail-on", "RULE,…", "what must not happen: lost:PATH, narrowed:PATH, unfed:PATH"),
      Option("--runs", "N", "how many documents are translated (400)"),
      Option("--json", "the same as JSON"),
      mappings,
    ],
    run: { arguments in
      guard arguments.words.count == 2 else { throw UsageError(message: "two mappings are needed.") }
      let rules = try (arguments["--fail-on"] ?? "").split(separator: ",").map { try LossRule(String($0)) }
      let study = try MappingFolder.study(arguments["--mappings"] ?? "Mappings")
      let source = try study.library.mapping(arguments.words[0])
      let target = try study.library.mapping(arguments.words[1])
      let runs = try arguments.number("--runs", or: 400, in: 8...1_000_000)
      guard let report = study.losses(from: source, to: target, runs: runs) else { return 1 }
      if arguments.has("--json") { Console.put(LossText(report).json) } else { print(LossText(report).table) }
      let broken = rules.flatMap { $0.broken(by: report) }
      for sentence in broken { Console.complain(sentence) }
      return broken.isEmpty ? 0 : 1
    })
}

/// What `--fail-on` forbids.
private struct LossRule {
  private let kind: String
  private let path: String

  init(_ text: String) throws(UsageError) {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    guard let kind = parts.first, ["lost", "narrowed", "unfed"].contains(kind) else {
      throw UsageError(message: "`--fail-on` takes lost, narrowed or unfed, perhaps with `:PATH`.")
    }
    self.kind = kind
    path = parts.count > 1 ? parts[1] : "*"
  }

  func broken(by report: LossReport) -> [String] {
    let paths =
      kind == "unfed"
      ? report.unfed.map(\.path) : report.fields.filter { $0.fate.rawValue == kind }.map(\.path)
    return paths.filter(matches).map { "\(kind): \($0)" }
  }

  private func matches(_ field: String) -> Bool {
    path.hasSuffix("*") ? field.hasPrefix(path.dropLast()) : field == path
  }
}
