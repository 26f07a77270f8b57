import Foundation

/// A file, or a folder, that is to be on disk.
final class DurableFile {
  private let path: String
  private let descriptor: Int32

  /// An empty file that only this user may read.
  init(making path: String) throws(StoreError) {
    self.path = path
    descriptor = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Self.problem(path) }
  }

  /// A file that is there.
  init(changing path: String) throws(StoreError) {
    self.path = path
    descriptor = open(path, O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.problem(path) }
  }

  init(folderOf path: String) throws(StoreError) {
    self.path = (path as NSString).deletingLastPathComponent
    descriptor = open(self.path.isEmpty ? "." : self.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.problem(path) }
  }

  deinit {
    close(descriptor)
  }

  func sync() throws(StoreError) {
    guard fsync(descriptor) == 0 else { throw Self.problem(path) }
  }

  func size() throws(StoreError) -> Int {
    let end = lseek(descriptor, 0, SEEK_END)
    guard end >= 0 else { throw Self.problem(path) }
    return Int(end)
  }

  /// Puts bytes at the beginning.
  func write(_ bytes: [UInt8]) throws(StoreError) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        pwrite(descriptor, $0.baseAddress.map { $0 + written }, $0.count - written, off_t(written))
      }
      guard count > 0 || errno == EINTR else { throw Self.problem(path) }
      written += max(count, 0)
    }
  }

  static func problem(_ path: String) -> StoreError {
    .cannotOpen(path: path, reason: String(cString: strerror(errno)))
  }
}
