public import Diagnostics

/// A folder's mappings with what was found out about them when they were checked: for those who prove laws, list losses
/// and explain translations. A gateway that only translates needs the ``library`` alone.
public final class MappingStudy {
  /// The mappings, ready to run.
  public let library: MappingLibrary
  let files: CheckedFiles

  /// Checks the files of a folder.
  /// - Throws: every error found, in the order of files and lines, and the warnings with them.
  public init(_ files: [ConfigurationFile]) throws(DiagnosticError) {
    self.files = try CheckedFiles(files)
    library = MappingLibrary(self.files)
  }

  func checked(_ mapping: Mapping) -> CheckedMapping? { files.mappings.first { $0.name == mapping.name } }
}
