import TestRig

/// What contracts demand beyond their schemas, by `scripts/contract_rules.py`.
enum ContractRules {
  /// What is wrong with documents, a line for each breach; empty when nothing is.
  static func breaches(_ documents: [String]) throws -> String {
    let folder = try TemporaryFolder()
    let files = try documents.enumerated().map { number, document in
      try folder.write(Array(document.utf8), to: "\(number).xml")
    }
    return try withExtendedLifetime(folder) { try Python.run(script: "contract_rules.py", files).told }
  }
}
