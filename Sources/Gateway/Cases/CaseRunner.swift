public import Diagnostics
import Documents
import Formats
import Foundation
public import Mapping

/// Runs the cases that lie beside mappings.
public struct CaseRunner {
  /// How a run ended.
  public struct Summary: Sendable {
    /// Cases that gave what they should.
    public var passed = 0
    /// Cases that did not.
    public var failed = 0
    /// Why, for each failure.
    public var diagnostics: [Diagnostic] = []
  }

  private let library: MappingLibrary
  private let translator: Translator
  private let comparison: DocumentComparison
  private let records: Bool

  /// A runner for the mappings of a library.
  /// - Parameter records: writes what came out where a file is missing or differs, and counts the case as
  ///   failed.
  public init(_ library: MappingLibrary, records: Bool = false) {
    self.library = library
    self.records = records
    translator = Translator(library)
    comparison = DocumentComparison(library)
  }

  /// Runs the cases of these folders.
  public func run(_ folders: [String]) -> Summary {
    var summary = Summary()
    for folder in folders {
      let diagnostics = run(folder)
      summary.diagnostics += diagnostics
      if diagnostics.isEmpty { summary.passed += 1 } else { summary.failed += 1 }
    }
    return summary
  }

  private func run(_ folder: String) -> [Diagnostic] {
    do {
      let file = try CaseFile(folder: folder)
      return try run(file, file.from == "hub" ? nil : try library.mapping(file.from, namedAt: file.place))
    } catch let error as DiagnosticError {
      return error.diagnostics
    } catch {
      return (error as? Diagnostic).map { [$0] } ?? []
    }
  }

  /// - Parameter source: what reads the input; `nil` for the hub.
  private func run(_ file: CaseFile, _ source: Mapping?) throws -> [Diagnostic] {
    let input = try bytes(file.folder + "/" + file.input)
    do {
      try read(input, source, file)
      var diagnostics: [Diagnostic] = []
      for output in file.outputs {
        diagnostics += try file.rejects.isEmpty ? compare(output, file) : write(output, file)
      }
      if file.isReversible, let source { diagnostics += try compareBack(input, source, file) }
      if file.rejects.isEmpty { return diagnostics }
    } catch let error as DiagnosticError where !file.rejects.isEmpty {
      if Set(error.diagnostics.map(\.code.rawValue)) == Set(file.rejects) { return [] }
      throw error
    }
    return [Diagnostic(.caseAccepted(name: file.title, expected: file.rejects), at: file.place)]
  }

  private func read(_ input: [UInt8], _ source: Mapping?, _ file: CaseFile) throws(DiagnosticError) {
    let (name, receipt) = (file.folder + "/" + file.input, Receipt(received: file.received, id: file.id))
    guard let source else { return try translator.readHub(input, named: name, receipt: receipt) }
    try translator.read(input, as: source, named: name, receipt: receipt)
  }

  /// A translation that is expected to be refused.
  private func write(_ output: (to: String, file: String), _ file: CaseFile) throws -> [Diagnostic] {
    _ = try translator.write(as: try library.mapping(output.to, namedAt: file.place))
    return []
  }

  private func compare(_ output: (to: String, file: String), _ file: CaseFile) throws -> [Diagnostic] {
    let target = output.to == "hub" ? nil : try library.mapping(output.to, namedAt: file.place)
    let found: [UInt8]
    if let target { found = try translator.write(as: target) } else { found = translator.hub(isPretty: true) }
    let path = file.folder + "/" + output.file
    let differences = try differences(path, found, target?.format ?? .json)
    if differences.isEmpty { return [] }
    if records {
      try Data(found).write(to: URL(fileURLWithPath: path))
      return [Diagnostic(.recorded(file: path), at: file.place)]
    }
    return [
      Diagnostic(.caseDiffers(name: file.title, file: output.file, differences: differences), at: file.place)
    ]
  }

  private func compareBack(_ input: [UInt8], _ source: Mapping, _ file: CaseFile) throws -> [Diagnostic] {
    let differences = try comparison.differences(input, try translator.write(as: source), as: source.format)
    if differences.isEmpty { return [] }
    return [
      Diagnostic(
        .caseDiffers(name: file.title, file: "the way back", differences: differences), at: file.place)
    ]
  }

  private func differences(_ path: String, _ found: [UInt8], _ format: Format) throws -> [String] {
    guard FileManager.default.fileExists(atPath: path) else {
      return ["the file is missing: `sluss test --record` makes it"]
    }
    return try comparison.differences(try bytes(path), found, as: format)
  }

  private func bytes(_ path: String) throws(Diagnostic) -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Diagnostic(.unreadableFile(reason: "no such file"), at: Place(file: path, line: 1, column: 1))
    }
    return Array(data)
  }
}
