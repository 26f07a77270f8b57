import Foundation

/// Whether a folder can be written to.
enum FolderCheck {
  /// What is wrong with it; nil when nothing is.
  /// - Parameter mayBeMade: whether a missing one is made when it is needed.
  static func fault(of path: String, mayBeMade: Bool) -> String? {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      guard mayBeMade else { return "the folder \(path) does not exist" }
      let above = URL(fileURLWithPath: path).deletingLastPathComponent().path
      return above == path ? "the folder \(path) can't be made" : fault(of: above, mayBeMade: true)
    }
    guard isFolder.boolValue else { return "\(path) is no folder" }
    return access(path, W_OK | X_OK) == 0 ? nil : "the folder \(path) can't be written to"
  }
}
