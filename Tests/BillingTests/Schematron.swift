import TestRig
import Testing

/// The official Schematron of claims, run by SaxonC.
enum Schematron {
  private static let schema = "financial.billing.claim/1.1-derived/schemas/schematron/constraintsMock.xml"

  /// The broken rules of each file, as ours are called; files without are absent.
  static func claims(_ files: [String]) throws -> [String: Set<String>] {
    let path = "\(SharedFolder.path ?? "")/rivta/\(schema)"
    let outcome = try Python.run(script: "schematron.py", [path] + files)
    #expect(outcome.status == 0, "\(outcome.told)")
    var broken: [String: Set<String>] = [:]
    for line in outcome.output.split(separator: "\n") {
      let parts = line.split(separator: ":").map { $0.trimmingPrefix(" ") }
      guard parts.count == 2 else { continue }
      broken[String(parts[0]), default: []].insert(String(parts[1]).replacing("R", with: "ÖR"))
    }
    return broken
  }
}
