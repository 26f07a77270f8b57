import Diagnostics
import Documents
import FHIRPath
import Foundation
import Gateway
import Mapping

extension Subcommand {
  static let fhirpath = Subcommand(
    name: "fhirpath",
    summary: "Evaluates a FHIRPath expression about a document.",
    usage: "EXPRESSION FILE|-",
    text: """
      FILE is a FHIR R4 resource or Bundle, or any other document, in JSON, XML or HL7 v2, or FILE.csv. Each item of the
      answer is printed on a line: values as they are written, objects as JSON. The language is FHIRPath 2.0.0 with FHIR
      R4's additions; types, members and code tables are those of the mappings' folder.

        sluss fhirpath "name.where(use = 'official').given.first()" patient.json
        sluss fhirpath --shape visiba/visit-event "visit.diagnoses.code" event.json
        sluss fhirpath --shape journal/adt "PID.3[0].1" message.hl7
        sluss fhirpath --trace "period.start + 30 minutes > now()" - < encounter.xml
      """,
    options: [
      Option("--shape", "NAME", "the shape of a document that is no FHIR resource"),
      Option("--types", "each item's type before it"),
      Option("--trace", "what every part of the expression gives, on standard error"),
      Option("--now", "TIME", "the time that now() and today() give (now)"),
      mappings,
    ],
    run: { arguments in
      guard arguments.words.count == 2 else {
        throw UsageError(message: "an expression and a file are needed, or `-` for standard input.")
      }
      let library = try MappingFolder.load(arguments["--mappings"] ?? "Mappings")
      return try FHIRPathRun(arguments, library).run()
    })
}

/// One run of `sluss fhirpath`.
private struct FHIRPathRun {
  let arguments: Arguments
  let library: MappingLibrary
  let text: String
  let file: String

  init(_ arguments: Arguments, _ library: MappingLibrary) {
    self.arguments = arguments
    self.library = library
    text = arguments.words[0]
    file = arguments.words[1]
  }

  func run() throws -> Int32 {
    let document = try FormulaDocument(
      try Input.read(file), named: file == "-" ? "input" : file, shape: arguments["--shape"],
      now: arguments["--now"] ?? Input.now(), library: library)
    do throws(FormulaFault) {
      let formula = try document.formula(text)
      let trace = arguments.has("--trace") ? TraceOnStandardError(text, library) : nil
      for answer in try document.evaluate(formula, trace: trace) {
        print(arguments.has("--types") ? "\(answer.type)\t\(answer.text)" : answer.text)
      }
      return 0
    } catch {
      throw error.diagnostic(inExpression: text)
    }
  }
}

/// Prints what the parts of an expression give, in the order in which they are known.
private final class TraceOnStandardError: FormulaTrace {
  private let text: [Unicode.Scalar]
  private let library: MappingLibrary

  init(_ text: String, _ library: MappingLibrary) {
    self.text = Array(text.unicodeScalars)
    self.library = library
  }

  func gave(_ items: Items, at range: Range<Int>, named name: String?, in forest: borrowing Forest) {
    let part = String(String.UnicodeScalarView(text[range.clamped(to: text.indices)]))
    let shown = (0..<min(items.count, 10)).map { describe(items[$0], in: forest) }
    let rest = items.count > shown.count ? ", … (\(items.count))" : ""
    let label = name.map { "trace '\($0)'" } ?? part
    Console.complain("\(label)  →  \(items.count == 0 ? "{}" : shown.joined(separator: ", ") + rest)")
  }

  private func describe(_ item: Item, in forest: borrowing Forest) -> String {
    switch item {
    case .node(let node, _) where forest[node].kind == .object:
      "{\(library.formulas.name(of: item, in: forest))}"
    case .node(let node, _): forest.string(node)
    case .extended(let value, _, _): value < 0 ? "(extensions alone)" : forest.string(value)
    case .text(let text, .string): "'\(forest.string(text))'"
    case .text(let text, _): forest.string(text)
    case .boolean(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .quantity(let number, .ucum(let unit)): "\(forest.string(number)) '\(forest.string(unit))'"
    case .quantity(let number, .calendar(let unit)): "\(forest.string(number)) \(unit.rawValue)"
    case .type(let type): library.formulas.name(of: type)
    }
  }
}

extension FormulaFault {
  /// The fault at its place in an expression that was typed in.
  fileprivate func diagnostic(inExpression text: String) -> Diagnostic {
    let before = text.unicodeScalars.prefix(range.lowerBound)
    let line = before.filter { $0 == "\n" }.count
    let column =
      before.count
      - (before.lastIndex(of: "\n").map { before.distance(from: before.startIndex, to: $0) + 1 } ?? 0)
    let source = SourceText(file: "expression", text: text)
    return Diagnostic(problem, at: source.place(line: line, column: column, length: max(1, range.count)))
  }
}
