import Documents
import Formats
import Foundation
import TestRig

/// HL7's tests of FHIRPath for FHIR R4, a part of which lies in `../shared`.
enum FHIRPathSuite {
  struct Case: Sendable {
    let name: String
    let input: String
    let expression: String
    let outputs: [String]
    var isRefused = false
    var isOrdered = true
    var isPredicate = false
    var isStrict = false
  }

  /// All cases of the suite's file; none where it is absent.
  static let cases: [Case] = {
    guard let bytes = file("tests-fhir-r4.xml") else { return [] }
    return (try? cases(in: bytes)) ?? []
  }()

  static func file(_ name: String) -> [UInt8]? {
    let path = (SharedFolder.path ?? "") + "/suites/fhirpath/" + name
    return (try? Data(contentsOf: URL(fileURLWithPath: path))).map { Array($0) }
  }

  private static func cases(in bytes: [UInt8]) throws -> [Case] {
    var forest = Forest(names: NameTableBuilder().build(), reserving: bytes.count)
    let root = try XMLReader().read(bytes, named: "suite", into: &forest)
    var cases: [Case] = []
    for group in elements("group", of: root, in: forest) {
      for test in elements("test", of: group, in: forest) {
        if let next = Self.test(test, in: forest) { cases.append(next) }
      }
    }
    return cases
  }

  private static func test(_ node: NodeID, in forest: borrowing Forest) -> Case? {
    guard let expression = elements("expression", of: node, in: forest).first else { return nil }
    return Case(
      name: attribute("name", of: node, in: forest) ?? "",
      input: attribute("inputfile", of: node, in: forest) ?? "patient-example.xml",
      expression: text(expression, in: forest),
      outputs: elements("output", of: node, in: forest).map { text($0, in: forest) },
      isRefused: attribute("invalid", of: expression, in: forest) != nil,
      isOrdered: attribute("ordered", of: node, in: forest) != "false",
      isPredicate: attribute("predicate", of: node, in: forest) == "true",
      isStrict: attribute("mode", of: node, in: forest) == "strict")
  }

  private static func elements(_ name: String, of node: NodeID, in forest: borrowing Forest) -> [NodeID] {
    guard forest[node].kind == .object else { return [] }
    var found: [NodeID] = []
    for child in forest.children(node) where forest.localName(forest[child].name) == Array(name.utf8) {
      found.append(child)
    }
    return found
  }

  private static func attribute(_ name: String, of node: NodeID, in forest: borrowing Forest) -> String? {
    elements("$" + name, of: node, in: forest).first.map { forest.string($0) }
  }

  private static func text(_ node: NodeID, in forest: borrowing Forest) -> String {
    if forest[node].kind == .string { return forest.string(node) }
    return elements("$", of: node, in: forest).first.map { forest.string($0) } ?? ""
  }
}
