import Billing
import Diagnostics
import Drafting
import Formats
import Foundation
import Gateway
import Mapping

/// A folder of mappings with changes laid over it, in a temporary place.
///
/// Files of the upper folder replace those of the same name. `edit.txt` changes some: a line with a file's
/// path, then pairs of
/// lines `-old` and `+new`; a lone `+new` is added at the end. With an `input.*` the message is translated,
/// JSON from a/visit to
/// b/contact, XML the other way, HL7 v2 from c/adt and CSV from c/list and back; with `laws` both laws are tried;
/// with `cases` the cases run; billing's rules are read, and a `claim.xml` is checked by the contract's rules; a `schema.xsd` is imported; with `examples` a format is begun from them; else the
/// folder is only checked. What only a running gateway can find, it tells of the mapping named in `message`.
struct Overlay {
  let folder = NSTemporaryDirectory() + "sluss-" + UUID().uuidString
  private let files = FileManager.default

  init(base: String, over: String) throws {
    try files.copyItem(atPath: base, toPath: folder)
    let names = files.enumerator(atPath: over)?.compactMap { $0 as? String } ?? []
    for name in names where name != "expected.txt" && name != "edit.txt" {
      try place("\(over)/\(name)", at: "\(folder)/\(name)")
    }
    if let edits = try? String(contentsOfFile: over + "/edit.txt", encoding: .utf8) { try apply(edits) }
  }

  func remove() { try? files.removeItem(atPath: folder) }

  private func place(_ source: String, at target: String) throws {
    var isFolder: ObjCBool = false
    _ = files.fileExists(atPath: source, isDirectory: &isFolder)
    if isFolder.boolValue {
      try files.createDirectory(atPath: target, withIntermediateDirectories: true)
    } else {
      try? files.removeItem(atPath: target)
      try files.copyItem(atPath: source, toPath: target)
    }
  }

  private func apply(_ edits: String) throws {
    var file = ""
    var old: Substring?
    for line in edits.split(separator: "\n") {
      switch line.first {
      case "-": old = line.dropFirst()
      case "+":
        try change(file, old, to: line.dropFirst())
        old = nil
      default: file = "\(folder)/\(line)"
      }
    }
  }

  private struct NothingToChange: Error {
    let text: String
  }

  private func change(_ file: String, _ old: Substring?, to new: Substring) throws {
    let text = try String(contentsOfFile: file, encoding: .utf8)
    if let old, !text.contains(old) { throw NothingToChange(text: String(old)) }
    let changed = old.map { text.replacing($0, with: new) } ?? text + new + "\n"
    try changed.write(toFile: file, atomically: true, encoding: .utf8)
  }

  /// All that is told.
  func diagnostics() throws -> [Diagnostic] {
    do {
      if files.fileExists(atPath: folder + "/schema.xsd") { try importSchema() }
      let library = try MappingFolder.load(folder)
      if files.fileExists(atPath: folder + "/laws") { return try laws() }
      if let rules = try BillingFolder.load(folder, library) { return rules.warnings }
      if let claim = files.contents(atPath: folder + "/claim.xml") { return try check(claim: Array(claim)) }
      let examples = folder + "/examples"
      if files.fileExists(atPath: examples) {
        try begin(from: examples)
        return []
      }
      if let name = try? String(contentsOfFile: folder + "/message", encoding: .utf8) {
        let mapping = name.trimmingCharacters(in: .newlines)
        return [Diagnostic(.contentKeyMissing, at: Place(file: mapping, line: 1, column: 1))]
      }
      let cases = try MappingFolder.cases(in: folder)
      let records = files.fileExists(atPath: folder + "/record")
      if !cases.isEmpty { return CaseRunner(library, records: records).run(cases).diagnostics }
      guard let input = try files.contentsOfDirectory(atPath: folder).first(where: { $0.hasPrefix("input.") })
      else {
        return library.warnings
      }
      try translate(input, library)
      return []
    } catch let error as DiagnosticError {
      return error.diagnostics
    } catch let error as Diagnostic {
      return [error]
    }
  }

  private func check(claim: [UInt8]) throws -> [Diagnostic] {
    guard let today = CalendarDay("2026-11-21") else { return [] }
    return try ClaimRules.check(claim, named: "claim.xml", today: today)
  }

  private func laws() throws -> [Diagnostic] {
    let study = try MappingFolder.study(folder)
    return study.library.mappings.keys.sorted().compactMap { study.library.mappings[$0] }.flatMap {
      study.laws(of: $0, runs: 200, seed: 1).diagnostics
    }
  }

  private func importSchema() throws {
    let files = files
    let schema = try SchemaImport(folder + "/schema.xsd") { files.contents(atPath: $0).map { Array($0) } }
    for root in schema.rootElements { _ = try schema.shape(root: root) }
  }

  /// As `sluss new a/visit` would.
  private func begin(from examples: String) throws {
    let inputs = try files.contentsOfDirectory(atPath: examples).sorted().map { name in
      Example(file: name, bytes: Array(try Data(contentsOf: URL(fileURLWithPath: "\(examples)/\(name)"))))
    }
    let format = try NewFormat(
      inputs, name: "a/visit", resource: nil, folder: try MappingFolder.files(in: folder),
      knowledge: DraftingKnowledge())
    try format.write(into: folder)
  }

  private func translate(_ input: String, _ library: MappingLibrary) throws {
    let (from, to) =
      switch input.split(separator: ".").last {
      case "xml": ("b/contact", "a/visit")
      case "hl7": ("c/adt", "c/adt")
      case "csv": ("c/list", "c/list")
      default: ("a/visit", "b/contact")
      }
    let translator = Translator(library, limits: .init(bytes: 4096, depth: 16))
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(input)")))
    let receipt = Receipt(received: "2026-11-21T10:15:00+01:00", id: "1")
    try translator.read(bytes, as: try library.mapping(from), named: input, receipt: receipt)
    _ = try translator.write(as: try library.mapping(to))
  }
}
