import Diagnostics
import Drafting
import Foundation
import Gateway
import Mapping

extension Subcommand {
  static let new = Subcommand(
    name: "new",
    summary: "Begins a new format from examples: shape, mapping and a first case.",
    usage: "SYSTEM/NAME --from FILE… [--resource Encounter]",
    text: """
      Writes SYSTEM/NAME.shape.yaml, drafted from the examples, and SYSTEM/NAME.map.yaml, where names that are near to the
      hub's are proposed and the rest waits as comments; code tables; and cases/first with the first example. What it
      writes passes `sluss check` and translates the examples. Nothing is ever overwritten.
      The words that names are compared by lie in hub/drafting.yaml of the mappings.

        sluss new clinic/booking --from bookings/*.json
        sluss new clinic/booking --from booking.xml --resource Appointment
      """,
    options: [
      Option("--from", "FILE", "the first example; others may follow"),
      Option("--resource", "TYPE", "the hub resource that a document is about (told by its words)"),
      mappings,
    ],
    run: { arguments in
      let first = try arguments.required("--from")
      guard let name = arguments.words.first, name.wholeMatch(of: /[\w\-]+\/[\w\-]+/) != nil else {
        throw UsageError(message: "a name is needed: SYSTEM/NAME, of letters, digits, `-` and `_`.")
      }
      let folder = arguments["--mappings"] ?? "Mappings"
      let format = try NewFormat(
        try Input.examples([first] + arguments.words.dropFirst()), name: name,
        resource: arguments["--resource"], folder: try MappingFolder.files(in: folder),
        knowledge: try knowledge(in: folder))
      try format.write(into: folder)
      tell(format, name, folder)
      return 0
    })

  private static func knowledge(in folder: String) throws(Diagnostic) -> DraftingKnowledge {
    let path = "\(folder)/\(DraftingKnowledge.path)"
    guard FileManager.default.fileExists(atPath: path) else { return DraftingKnowledge() }
    let text = String(decoding: try Input.read(path), as: UTF8.self)
    return try DraftingKnowledge(ConfigurationFile(path: path, name: DraftingKnowledge.path, text: text))
  }

  private static func tell(_ format: NewFormat, _ name: String, _ folder: String) {
    for file in format.files { print("\(folder)/\(file.path)") }
    let system = name.prefix { $0 != "/" }
    let tables = format.openTables.map { "\(folder)/\(system)/codes/\($0).csv" }
    let codes = tables.isEmpty ? "" : " Fill in \(tables.joined(separator: ", "))."
    print(
      """

      1. Read \(folder)/\(name).map.yaml: \(format.lines.active) lines are proposed, \(format.lines.open) wait.\(codes)
      2. sluss check \(folder)
      3. sluss test \(folder)/\(system) --mappings \(folder) --record   and read what came out
      """)
  }
}
