import Gateway
import Mapping

extension Subcommand {
  static let loss = Subcommand(
    name: "loss",
    summary: "Lists what a translation carries, narrows and loses.",
    usage: "A B [--fail-on RULE,…] [--json] | --matrix",
    text: """
      For a translation from A to B through the hub: each field of A that arrives, is narrowed (lower precision, fewer codes,
      fewer repetitions) or is lost, with the lines that carry it and the reason; and fields that B requires and that A does not
      feed always. Found by translating documents made from A's shape.

      --fail-on ends with status 1 when a field meets a rule: KIND or KIND:PATH, KIND being lost, narrowed or unfed, PATH a
      field or the beginning of several with `*`.

      --matrix takes no words: a table in Markdown of all formats, which others can be made of each, and how many fields arrive.

        sluss loss visiba/visit-event npo/care-contacts
        sluss loss visiba/visit-event npo/care-contacts --fail-on lost:patient.*,unfed
        sluss loss --matrix --runs 40
      """,
    options: [
      Option("--fail-on", "RULE,…", "what must not happen: lost:PATH, narrowed:PATH, unfed:PATH"),
      Option("--matrix", "all formats that can be made of others"),
      Option("--runs", "N", "how many documents are translated (400)"),
      Option("--json", "the same as JSON"),
      mappings,
    ],
    run: { arguments in
      let runs = try arguments.number("--runs", or: 400, in: 8...1_000_000)
      if arguments.has("--matrix") { return try printMatrix(arguments, runs) }
      guard arguments.words.count == 2 else { throw UsageError(message: "two mappings are needed.") }
      let rules = try (arguments["--fail-on"] ?? "").split(separator: ",").map { try LossRule(String($0)) }
      let study = try MappingFolder.study(arguments["--mappings"] ?? "Mappings")
      let source = try study.library.mapping(arguments.words[0])
      let target = try study.library.mapping(arguments.words[1])
      guard let report = study.losses(from: source, to: target, runs: runs) else { return 1 }
      if arguments.has("--json") { Console.put(LossText(report).json) } else { print(LossText(report).table) }
      let broken = rules.flatMap { $0.broken(by: report) }
      for sentence in broken { Console.complain(sentence) }
      return broken.isEmpty ? 0 : 1
    })

  private static func printMatrix(_ arguments: Arguments, _ runs: Int) throws -> Int32 {
    guard arguments.words.isEmpty else { throw UsageError(message: "`--matrix` takes no mappings.") }
    print(LossMatrix(try MappingFolder.study(arguments["--mappings"] ?? "Mappings"), runs: runs).markdown)
    return 0
  }
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
