import Foundation

/// The folder of official schemas and suites that lies beside the project, or where SLUSS_SHARED says.
enum SharedFolder {
  static let path: String? = {
    let repository = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
    let path = ProcessInfo.processInfo.environment["SLUSS_SHARED"] ?? repository + "/../shared"
    return FileManager.default.fileExists(atPath: path + "/rivta") ? path : nil
  }()
}

/// libxml2's own validator.
enum XMLLint {
  /// Those of some files that a schema allows.
  static func valid(_ files: [String], against schema: String) throws -> Set<String> {
    guard !files.isEmpty else { return [] }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/xmllint")
    process.arguments = ["--noout", "--nonet", "--schema", schema] + files
    let output = Pipe()
    process.standardError = output
    try process.run()
    let told = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return Set(
      told.split(separator: "\n").filter { $0.hasSuffix(" validates") }.map { String($0.dropLast(10)) })
  }
}
