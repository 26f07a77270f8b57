import Foundation

/// What contracts demand beyond their schemas, by `scripts/contract_rules.py`.
enum ContractRules {
  /// What is wrong with documents, a line for each breach; empty when nothing is.
  static func breaches(_ documents: [String]) throws -> String {
    let folder = URL(filePath: NSTemporaryDirectory() + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var files: [String] = []
    for (number, document) in documents.enumerated() {
      let file = folder.appending(path: "\(number).xml")
      try Data(document.utf8).write(to: file)
      files.append(file.path)
    }
    let script = RepositoryFolder.path + "/scripts/contract_rules.py"
    return try RunningEntrance.run(RepositoryFolder.path + "/.venv/bin/python", [script] + files)
  }
}
