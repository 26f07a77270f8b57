import Diagnostics
import Foundation
import Gateway
import Mapping

extension Subcommand {
  static let translate = Subcommand(
    name: "translate",
    summary: "Translates documents from one format to another.",
    usage: "--from A --to B FILE…|- [--output DIR]",
    text: """
      A and B are names of mappings (visiba/visit-event), or `hub`: FHIR R4 resources as a Bundle, in JSON or XML.
      One file goes to standard output; several need --output, a folder that gets one file for each, and a progress
      line. What can't be translated is told with its place; the others go on.

        sluss translate --from visiba/visit-event --to npo/care-contacts event.json
        sluss translate --from visiba/visit-event --to hub - < event.json
        sluss translate --from visiba/visit-event --to npo/care-contacts --output out events/*.json
      """,
    options: [
      Option("--from", "A", "the mapping that reads the documents, or hub"),
      Option("--to", "B", "the mapping that writes them, or hub"),
      Option("--output", "DIR", "where the translations of several files go"),
      Option("--hub-format", "json|xml", "what the hub is written in (json); it is read in both"),
      Option("--received", "TIME", "the time of receipt for the mapping's formulas (now)"),
      Option("--id", "ID", "the message's id for the mapping's formulas (a new UUID)"),
      Option("--json", "diagnostics as JSON on standard output"),
      mappings,
    ],
    run: { arguments in
      let library = try MappingFolder.load(arguments["--mappings"] ?? "Mappings")
      return try TranslateRun(arguments, library).run()
    })
}

/// One run of `sluss translate`.
private struct TranslateRun {
  let arguments: Arguments
  /// `nil` for the hub.
  let source: Mapping?
  /// `nil` for the hub.
  let target: Mapping?
  let hubFormat: HubFormat
  let translator: Translator

  init(_ arguments: Arguments, _ library: MappingLibrary) throws {
    self.arguments = arguments
    let from = try arguments.required("--from")
    source = from == "hub" ? nil : try library.mapping(from)
    let to = try arguments.required("--to")
    target = to == "hub" ? nil : try library.mapping(to)
    guard let format = HubFormat(rawValue: arguments["--hub-format"] ?? "json") else {
      throw UsageError(message: "`--hub-format` takes json or xml.")
    }
    hubFormat = format
    translator = Translator(library)
  }

  func run() throws -> Int32 {
    let files = arguments.words
    guard !files.isEmpty else { throw UsageError(message: "a file is needed, or `-` for standard input.") }
    if let folder = arguments["--output"] { return try translate(files, into: folder) }
    guard files.count == 1 else { throw UsageError(message: "several files need `--output`.") }
    do {
      Console.put(try translate(files[0]))
      return 0
    } catch {
      Console.show(error, asJSON: arguments.has("--json"))
      return 1
    }
  }

  private func translate(_ files: [String], into folder: String) throws -> Int32 {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    var failed = 0
    for (index, file) in files.enumerated() {
      do {
        let bytes = try translate(file)
        let name = URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent
        let path = "\(folder)/\(name).\(target?.format.rawValue ?? hubFormat.rawValue)"
        try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
      } catch {
        failed += 1
        Console.show(error, asJSON: arguments.has("--json"))
      }
      progress(index + 1, of: files.count)
    }
    Console.complain("\(files.count - failed) translated, \(failed) refused")
    return failed == 0 ? 0 : 1
  }

  private func progress(_ done: Int, of all: Int) {
    guard Console.errorIsTerminal, done % 100 == 0 || done == all else { return }
    FileHandle.standardError.write(Data("\r\(done) of \(all)\(done == all ? "\n" : "")".utf8))
  }

  private func translate(_ file: String) throws -> [UInt8] {
    let bytes = try Input.read(file)
    let receipt = Receipt(
      received: arguments["--received"] ?? Input.now(),
      id: arguments["--id"] ?? UUID().uuidString.lowercased())
    let name = file == "-" ? "input" : file
    if let source {
      try translator.read(bytes, as: source, named: name, receipt: receipt)
    } else {
      try translator.readHub(bytes, named: name, receipt: receipt)
    }
    guard let target else { return try hub() }
    return try translator.write(as: target)
  }

  private func hub() throws(DiagnosticError) -> [UInt8] {
    let bytes = try translator.hub(as: hubFormat, isPretty: true)
    return hubFormat == .xml ? bytes : bytes + [UInt8(ascii: "\n")]
  }
}
