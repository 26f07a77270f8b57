import Gateway
import Mapping

extension Subcommand {
  static let test = Subcommand(
    name: "test",
    summary: "Runs the cases that lie beside mappings.",
    usage: "[DIR] [--record]",
    text: """
      A case is a folder with a case.yaml: an input and what must come out of it. Differences are shown by path.
      DIR (Mappings) holds shapes, mappings and cases; --mappings names another folder for the first two.

        sluss test
        sluss test Mappings/visiba --mappings Mappings
        sluss test --record       writes what came out; the run fails, so that nobody records by accident
      """,
    options: [
      Option("--record", "write missing and differing files"),
      mappings,
    ],
    run: { arguments in
      let folder = arguments.words.first ?? "Mappings"
      let library = try MappingFolder.load(arguments["--mappings"] ?? folder)
      let cases = try MappingFolder.cases(in: folder)
      let summary = CaseRunner(library, records: arguments.has("--record")).run(cases)
      Console.show(summary.diagnostics)
      print("\(summary.passed) passed, \(summary.failed) failed")
      return summary.failed == 0 && !cases.isEmpty ? 0 : 1
    })
}
