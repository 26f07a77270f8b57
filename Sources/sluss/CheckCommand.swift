import Diagnostics
import Gateway
import Mapping

extension Subcommand {
  static let check = Subcommand(
    name: "check",
    summary: "Checks a folder of shapes, mappings and code tables.",
    usage: "[DIR] [--json | --versions]",
    text: """
      Reads everything in DIR (Mappings) and shows each mistake with its place, what was expected and names that are
      near. Nothing is written and nothing is run.

        sluss check
        sluss check Mappings --json | jq '.[].message'
        sluss check --versions    also each mapping's version, as a gateway that serves them names it
      """,
    options: [
      Option("--json", "diagnostics as JSON on standard output"),
      Option("--versions", "the version of each mapping, and of all together"),
    ],
    run: { arguments in
      let folder = arguments.words.first ?? "Mappings"
      guard !arguments.has("--json") || !arguments.has("--versions") else {
        throw UsageError(message: "`--json` shows diagnostics, `--versions` versions; take one.")
      }
      do {
        let library = try MappingFolder.load(folder)
        Console.show(library.warnings, asJSON: arguments.has("--json"))
        if arguments.has("--versions") { show(MappingVersions(library)) }
        if !arguments.has("--json") {
          print(
            "\(folder): \(library.mappings.count) mappings, \(library.shapeCount) shapes, \(library.tableCount) code tables, all well"
          )
        }
        return 0
      } catch let error as DiagnosticError {
        Console.show(error.diagnostics, asJSON: arguments.has("--json"))
        let errors = error.diagnostics.count { $0.severity == .error }
        Console.complain("\(folder): \(errors) \(errors == 1 ? "error" : "errors")")
        return 1
      }
    })
}

/// One line for each mapping, version first, and a last one for all of them.
private func show(_ versions: MappingVersions) {
  for (name, version) in versions.each.sorted(by: { $0.key < $1.key }) { print("\(version)  \(name)") }
  print("\(versions.all)  all mappings")
}
