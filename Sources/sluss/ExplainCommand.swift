import Diagnostics
import Foundation
import Gateway
import Mapping

extension Subcommand {
  static let explain = Subcommand(
    name: "explain",
    summary: "Shows for every field of a translation where it came from.",
    usage: "--from A --to B FILE|- [--input] [--values] [--json]",
    text: """
      For each field that is written: the line (file and number) that wrote it, the hub's field that it was read from, the line
      that wrote that, and the place in the message. --input asks the other way: what became of each field of the message.
      A and B are names of mappings, or `hub`. Values are shown only when asked for: they are the patient's.

        sluss explain --from visiba/visit-event --to npo/care-contacts event.json
        sluss explain --from visiba/visit-event --to npo/care-contacts --field documentId event.json
        sluss explain --from visiba/visit-event --to npo/care-contacts --input event.json
      """,
    options: [
      Option("--from", "A", "the mapping that reads the message, or hub"),
      Option("--to", "B", "the mapping that writes, or hub"),
      Option("--input", "what became of each field of the message"),
      Option("--field", "TEXT", "only fields whose path holds this"),
      Option("--values", "shows the values too"),
      Option("--json", "the same as JSON"),
      Option("--received", "TIME", "the time of receipt for the mapping's formulas (now)"),
      mappings,
    ],
    run: { arguments in
      let study = try MappingFolder.study(arguments["--mappings"] ?? "Mappings")
      let mapping = { (name: String) in name == "hub" ? nil : study.noting(try study.library.mapping(name)) }
      let source = try mapping(try arguments.required("--from"))
      let target = try mapping(try arguments.required("--to"))
      guard let file = arguments.words.first, arguments.words.count == 1 else {
        throw UsageError(message: "one file is needed, or `-` for standard input.")
      }
      let receipt = Receipt(
        received: arguments["--received"] ?? Input.now(), id: UUID().uuidString.lowercased())
      let explanation = try Translator(study.library).explanation(
        of: try Input.read(file), from: source, to: target, named: file == "-" ? "input" : file,
        receipt: receipt)
      let text = ExplanationText(
        showsValues: arguments.has("--values"),
        isAsked: { path in
          arguments["--field"].map { path.contains($0) } ?? true
        })
      if arguments.has("--json") {
        Console.put(text.json(explanation, ofInput: arguments.has("--input")))
      } else {
        print(arguments.has("--input") ? text.input(explanation) : text.output(explanation))
      }
      return 0
    })
}
