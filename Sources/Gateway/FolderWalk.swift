import Diagnostics
import Foundation

/// The files below a folder. Symbolic links are followed, to folders too, as Kubernetes mounts ConfigMaps;
/// what begins with a dot is passed over, as editors and version control name their own files.
struct FolderWalk {
  /// A file as it lies there; another one in its place, or other content, differs in one of these.
  struct File: Equatable {
    /// Below the folder.
    let path: String
    let size: Int64
    /// Seconds and nanoseconds of the last change.
    let changed: [Int]
    let number: UInt64
  }

  private struct Folder: Equatable {
    let device: UInt64
    let number: UInt64
  }

  private let root: String
  private let passedOver: String?
  private(set) var files: [File] = []
  /// The folders that are being walked, so that a link to one of them ends.
  private var open: [Folder] = []

  /// Finds all files, by path.
  /// - Parameter passedOver: the name of folders that are not looked into.
  /// - Throws: an unreadable folder, this one or one below it.
  init(_ folder: String, passingOver passedOver: String? = nil) throws(DiagnosticError) {
    root = folder
    self.passedOver = passedOver
    guard let info = Self.status(folder), info.isFolder else {
      throw MappingFolder.unreadable(folder, "no such folder")
    }
    try walk("", info)
    files.sort { $0.path < $1.path }
  }

  private mutating func walk(_ below: String, _ info: stat) throws(DiagnosticError) {
    let folder = Folder(device: UInt64(info.st_dev), number: UInt64(info.st_ino))
    guard !open.contains(folder) else { return }
    open.append(folder)
    defer { open.removeLast() }
    let full = root + "/" + below
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: full) else {
      throw MappingFolder.unreadable(full, "can't be opened")
    }
    for name in names where !name.hasPrefix(".") && name != passedOver {
      let path = below + name
      let info = Self.status(root + "/" + path)
      if let info, info.isFolder { try walk(path + "/", info) } else { files.append(File(path, info)) }
    }
  }

  /// What stands behind a path; `nil` for a link that leads nowhere, and for what was just removed.
  fileprivate static func status(_ path: String) -> stat? {
    var info = stat()
    return stat(path, &info) == 0 ? info : nil
  }
}

extension FolderWalk.File {
  /// A file by its path, as it lies there now.
  init(at path: String) {
    self.init(path, FolderWalk.status(path))
  }

  fileprivate init(_ path: String, _ info: stat?) {
    self.path = path
    size = Int64(info?.st_size ?? -1)
    changed = [info?.st_mtim.tv_sec ?? 0, info?.st_mtim.tv_nsec ?? 0]
    number = UInt64(info?.st_ino ?? 0)
  }
}

extension stat {
  fileprivate var isFolder: Bool { st_mode & S_IFMT == S_IFDIR }
}
