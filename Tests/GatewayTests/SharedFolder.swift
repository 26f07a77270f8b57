import Foundation

/// The folder of official schemas and suites that lies beside the project, or where SLUSS_SHARED says.
enum SharedFolder {
  static let path: String? = {
    let given = ProcessInfo.processInfo.environment["SLUSS_SHARED"]
    let path = given ?? RepositoryFolder.path + "/../shared"
    return FileManager.default.fileExists(atPath: path + "/rivta") ? path : nil
  }()
}

/// Schemas of national contracts.
enum RIVTA {
  static let careContacts =
    "clinicalprocess.logistics.logistics/3.0.13/schemas/interactions"
    + "/GetCareContactsInteraction/GetCareContactsResponder_3.0.xsd"
}

/// libxml2's own validator.
enum XMLLint {
  /// What it complains about; empty when all files are valid.
  /// - Parameter schema: below `rivta` of the shared folder, or a path of its own.
  static func validate(_ files: [String], against schema: String) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/xmllint")
    let place = schema.hasPrefix("/") ? schema : "\(SharedFolder.path ?? "")/rivta/\(schema)"
    process.arguments = ["--noout", "--nonet", "--schema", place] + files
    let output = Pipe()
    process.standardError = output
    try process.run()
    let told = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return told.split(separator: "\n").filter { !$0.hasSuffix(" validates") }.joined(separator: "\n")
  }
}
