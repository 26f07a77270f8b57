import Foundation

/// FHIR models written by others: Python's fhir.resources, from the virtual environment of `scripts/test`.
enum FHIRPackage {
  private static let python = RepositoryFolder.path + "/.venv/bin/python"

  static let isThere: Bool = {
    guard FileManager.default.isExecutableFile(atPath: python) else { return false }
    return (try? run(["-c", "import fhir.resources.R4B, lxml"]).status) == 0
  }()

  /// Reads files, and writes beside each FILE.out.json and FILE.out.xml.
  /// - Returns: what it complains about; empty when all were accepted.
  static func rewrite(_ files: [String]) throws -> String {
    let (told, status) = try run([RepositoryFolder.path + "/scripts/read_fhir.py"] + files)
    return status == 0 ? told : "status \(status): \(told)"
  }

  private static func run(_ arguments: [String]) throws -> (told: String, status: Int32) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let told = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (told, process.terminationStatus)
  }
}
