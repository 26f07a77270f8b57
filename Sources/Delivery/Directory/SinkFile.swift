import Foundation

/// An open file or directory; every failure is told.
final class SinkFile {
  private var descriptor: Int32

  init(opening path: String, flags: Int32, permissions: mode_t = 0) throws(DirectorySinkError) {
    descriptor = open(path, flags | O_CLOEXEC, permissions)
    guard descriptor >= 0 else {
      throw .last(doing: flags & O_DIRECTORY == 0 ? "opening a file" : "opening the directory")
    }
  }

  deinit {
    if descriptor >= 0 { Foundation.close(descriptor) }
  }

  func write(_ content: [UInt8]) throws(DirectorySinkError) {
    var rest = content[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .last(doing: "writing a file") }
      rest = rest.dropFirst(count)
    }
  }

  /// Whether the file is a plain one and has these bytes and no more.
  func holds(_ content: [UInt8]) throws(DirectorySinkError) -> Bool {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .last(doing: "reading a file") }
    guard status.st_mode & S_IFMT == S_IFREG, status.st_size == content.count else { return false }
    var rest = content[...]
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while !rest.isEmpty {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .last(doing: "reading a file") }
      guard count > 0, rest.starts(with: buffer[..<count]) else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// Waits until the disk has it.
  func synchronize() throws(DirectorySinkError) {
    guard fsync(descriptor) == 0 else { throw .last(doing: "writing to disk") }
  }

  /// Network file systems tell only here that a write has failed.
  func close() throws(DirectorySinkError) {
    let result = Foundation.close(descriptor)
    descriptor = -1
    guard result == 0 || errno == EINTR else { throw .last(doing: "closing a file") }
  }
}
