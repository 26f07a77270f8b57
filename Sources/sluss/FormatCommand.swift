import Diagnostics
import Foundation
import Mapping

extension Subcommand {
  static let format = Subcommand(
    name: "format",
    summary: "Lays out shapes, mappings, routes, cases and configurations.",
    usage: "[FILE|DIR…|-] [--check]",
    text: """
      Rewrites *.shape.yaml, *.map.yaml, routes.yaml, store.yaml, case.yaml and sluss.yaml, in DIR (Mappings) and all folders below it, and prints the names of
      those that changed: two spaces a level, a mapping's right sides in one column, one space around `|`, comments kept.
      A file's meaning never changes; one that can't be read is left alone. `-` takes a file from standard input and prints it.

        sluss format
        sluss format --check Mappings      changes nothing; ends with 1 when a file would change
        sluss format - < visit.map.yaml
      """,
    options: [Option("--check", "only print the names of files that would change")],
    run: { arguments in
      let run = FormatRun(isCheck: arguments.has("--check"))
      guard arguments.words.contains("-") else {
        return try run.run(arguments.words.isEmpty ? ["Mappings"] : arguments.words)
      }
      guard arguments.words.count == 1 else { throw UsageError(message: "`-` stands alone.") }
      return try run.runOnStandardInput()
    })
}

/// One run of `sluss format`.
private struct FormatRun {
  let isCheck: Bool

  /// Formats files and folders; one that can't be read does not hinder the others.
  func run(_ words: [String]) throws -> Int32 {
    var changed = 0
    var failed = 0
    for file in try words.flatMap(Self.files) {
      do {
        if try format(file) { changed += 1 }
      } catch {
        failed += 1
        Console.show(error)
      }
    }
    return failed > 0 || isCheck && changed > 0 ? 1 : 0
  }

  /// Prints the text laid out, or with `--check` only whether it would change.
  func runOnStandardInput() throws -> Int32 {
    let bytes = try Input.read("-")
    let formatted = Array(try Self.format(bytes, named: "input").utf8)
    guard !isCheck else { return formatted == bytes ? 0 : 1 }
    Console.put(formatted)
    return 0
  }

  /// Whether the file changed, or would.
  private func format(_ file: String) throws -> Bool {
    let bytes = try Input.read(file)
    let formatted = try Self.format(bytes, named: file)
    guard !formatted.utf8.elementsEqual(bytes) else { return false }
    print(file)
    if !isCheck { try FileReplacement.replace(file, with: Array(formatted.utf8)) }
    return true
  }

  static func format(_ bytes: [UInt8], named file: String) throws -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      let place = Place(file: file, line: 1, column: 1)
      throw Diagnostic(.unreadableFile(reason: "it is not UTF-8"), at: place)
    }
    return try ConfigurationFormat.format(text, file: file)
  }

  /// The file itself, or all files of a folder that are ours.
  private static func files(_ path: String) throws -> [String] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
      return [path]
    }
    return try FileManager.default.subpathsOfDirectory(atPath: path).sorted()
      .filter {
        [".shape.yaml", ".map.yaml", "routes.yaml", "store.yaml"].contains(where: $0.hasSuffix)
          || ["case.yaml", "sluss.yaml"].contains($0.split(separator: "/").last)
      }
      .map { "\(path)/\($0)" }
  }
}
