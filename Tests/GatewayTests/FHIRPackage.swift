import TestRig

/// FHIR models written by others: Python's fhir.resources, from the virtual environment of `scripts/test`.
enum FHIRPackage {
  static let isThere = Python.has("fhir.resources.R4B, lxml")

  /// Reads files, and writes beside each FILE.out.json and FILE.out.xml.
  /// - Returns: what it complains about; empty when all were accepted.
  static func rewrite(_ files: [String]) throws -> String {
    let outcome = try Python.run(script: "read_fhir.py", files)
    return outcome.status == 0 ? outcome.told : "status \(outcome.status): \(outcome.told)"
  }
}
