import Foundation

/// The files of a package, by their paths in it.
struct PackageFolder: Sendable {
  private let folder: String
  /// In their order.
  let paths: [String]

  init(_ folder: String) {
    self.folder = folder
    let all = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    paths = all.filter { path in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: folder + "/" + path, isDirectory: &isFolder)
        && !isFolder.boolValue
    }.sorted()
  }

  /// The rest of the paths that begin so.
  func paths(under begin: String) -> [String] {
    paths.filter { $0.hasPrefix(begin) }.map { String($0.dropFirst(begin.count)) }
  }

  /// A file's content; nil where none can be read.
  func bytes(_ path: String) -> [UInt8]? {
    let descriptor = open(folder + "/" + path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    let size = Int(status.st_size)
    let content = [UInt8](unsafeUninitializedCapacity: size) { bytes, count in
      while count < size, let begin = bytes.baseAddress {
        let got = read(descriptor, begin + count, size - count)
        guard got > 0 else { return }
        count += got
      }
    }
    return content.count == size ? content : nil
  }
}
