public import Diagnostics
public import Mapping

/// The contracts of RIV-TA in a folder of mappings, `rivta.yaml`.
public enum ContractFile {
  /// What it names and the folder has not: such a contract can't be answered.
  /// - Throws: all that is wrong with the file.
  public static func missing(_ folder: String, _ library: MappingLibrary) throws(DiagnosticError)
    -> [Diagnostic]
  {
    try RIVTAContracts(folder: folder).missing(in: library)
  }

  /// Likewise, a line for each.
  /// - Throws: all that is wrong with the file.
  public static func warnings(_ folder: String, _ library: MappingLibrary) throws(DiagnosticError) -> [String]
  {
    try missing(folder, library).compactMap { diagnostic in
      guard case .unknownMapping(let name, _) = diagnostic.problem else { return nil }
      return
        "\(diagnostic.place.file):\(diagnostic.place.line): there is no mapping \(name): its contract is not answered"
    }
  }
}
