import Foundation

/// The folder of official schemas and suites that lies beside the project, or where SLUSS_SHARED says.
public enum SharedFolder {
  /// Absent when there is none.
  public static let path: String? = {
    let given = ProcessInfo.processInfo.environment["SLUSS_SHARED"]
    let path = given ?? RepositoryFolder.path + "/../shared"
    return FileManager.default.fileExists(atPath: path + "/rivta") ? path : nil
  }()
}
