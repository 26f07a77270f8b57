import Billing
import Diagnostics
import Gateway
import Mapping

extension Subcommand {
  static let check = Subcommand(
    name: "check",
    summary: "Checks a folder of shapes, mappings and code tables.",
    usage: "[DIR] [--laws [--only MAPPING] [--runs N] [--seed N]] [--json | --versions]",
    text: """
      Reads everything in DIR (Mappings) and shows each mistake with its place, what was expected and names that are
      near. Nothing is written.

      --laws makes documents from the shapes and sends each through every mapping and back, and likewise resources of the
      hub: every line under `both` must give again what it took. The first document that shows otherwise is made as small as
      possible and shown with the line. The same seed makes the same documents.

        sluss check
        sluss check --laws --runs 10000
        sluss check --laws --only visiba/visit-event
        sluss check Mappings --json | jq '.[].message'
        sluss check --versions    also each mapping's version, as a gateway that serves them names it
      """,
    options: [
      Option("--laws", "proves by running that lines under `both` are reversible"),
      Option("--runs", "N", "how many documents for each law (1000)"),
      Option("--seed", "N", "which documents are made (1)"),
      Option("--only", "MAPPING", "tries the laws of this mapping alone"),
      Option("--json", "diagnostics as JSON on standard output"),
      Option("--versions", "the version of each mapping, and of all together"),
    ],
    run: { arguments in
      let folder = arguments.words.first ?? "Mappings"
      guard !arguments.has("--json") || !arguments.has("--versions") else {
        throw UsageError(message: "`--json` shows diagnostics, `--versions` versions; take one.")
      }
      do {
        let study = try MappingFolder.study(folder)
        let library = study.library
        let laws = try LawOptions(arguments).map { try $0.run(study) } ?? []
        let billing = try BillingFolder.load(folder, library)
        try BookingFolder.check(folder, library)
        let contracts = try ContractFile.missing(folder, library)
        let diagnostics =
          library.warnings + OwnMappings.faults(library) + (billing?.warnings ?? []) + contracts
          + laws.flatMap(\.diagnostics)
        Console.show(diagnostics, asJSON: arguments.has("--json"))
        let errors = diagnostics.count { $0.severity == .error }
        guard errors == 0 else { return failed(folder, errors) }
        if arguments.has("--versions") { show(MappingVersions(library)) }
        if !arguments.has("--json") {
          print(
            "\(folder): \(library.mappings.count) mappings, \(library.shapeCount) shapes, \(library.tableCount) code tables, all well"
          )
          for report in laws where !report.made.isEmpty { print(report.summary) }
        }
        return 0
      } catch let error as DiagnosticError {
        Console.show(error.diagnostics, asJSON: arguments.has("--json"))
        return failed(folder, error.diagnostics.count { $0.severity == .error })
      }
    })

  private static func failed(_ folder: String, _ errors: Int) -> Int32 {
    Console.complain("\(folder): \(errors) \(errors == 1 ? "error" : "errors")")
    return 1
  }
}

/// How `--laws` is run.
private struct LawOptions {
  let runs: Int
  let seed: UInt64
  /// The mapping that is meant; `nil` for all.
  let only: String?

  /// `nil` when nobody asks for laws.
  init?(_ arguments: Arguments) throws {
    guard arguments.has("--laws") else { return nil }
    runs = try arguments.number("--runs", or: 1000, in: 1...10_000_000)
    seed = UInt64(try arguments.number("--seed", or: 1, in: 0...Int.max))
    only = arguments["--only"]
  }

  func run(_ study: MappingStudy) throws -> [LawReport] {
    let all = study.library.mappings.values.sorted { $0.name < $1.name }
    let meant = try only.map { [try study.library.mapping($0)] } ?? all
    return meant.map { study.laws(of: $0, runs: runs, seed: seed) }
  }
}

extension LawReport {
  /// `visiba/visit-event: 1000 of 1000 documents and 998 of 1000 hubs came back as they were`.
  fileprivate var summary: String {
    let counts = Law.allCases.map { law in
      "\(proven[law, default: 0]) of \(made[law, default: 0]) \(law == .document ? "documents" : "hubs")"
    }
    let refused = Law.allCases.compactMap { law in
      proven[law, default: 0] * 4 < made[law, default: 0] * 3
        ? mostFrequentRefusal(law).map {
          "\n  of the other \(law == .document ? "documents" : "hubs") most were refused: \($0)"
        } : nil
    }
    return "\(mapping): \(counts.joined(separator: " and ")) came back as they were" + refused.joined()
  }
}

/// One line for each mapping, version first, and a last one for all of them.
private func show(_ versions: MappingVersions) {
  for (name, version) in versions.each.sorted(by: { $0.key < $1.key }) { print("\(version)  \(name)") }
  print("\(versions.all)  all mappings")
}
