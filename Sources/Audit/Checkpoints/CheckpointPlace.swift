import Foundation

/// The second place of the last signed checkpoint: a file away from the store, changed by compare-and-swap.
///
/// A store that was restored from a backup, or a second instance on a copy of it, meets a checkpoint there that
/// its own log does not lead to.
public struct CheckpointPlace: Sendable {
  /// The file; a lock file lies beside it.
  public let path: String

  /// The place in a file, which need not exist yet.
  public init(_ path: String) {
    self.path = path
  }

  /// The note that is there; nil for none. Throws ``AuditError/file(path:reason:)``.
  public func read() throws(AuditError) -> String? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    guard let data = FileManager.default.contents(atPath: path),
      let text = String(data: data, encoding: .utf8)
    else { throw .file(path: path, reason: "it cannot be read") }
    return text
  }

  /// Puts a note there if the expected one still is; false when another one is. On return it is on disk.
  func swap(_ expected: String?, for new: String) throws(AuditError) -> Bool {
    let lock = open(path + ".lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    guard lock >= 0 else { throw failure() }
    defer { close(lock) }
    guard flock(lock, LOCK_EX) == 0 else { throw failure() }
    guard try read() == expected else { return false }
    try DurableFile.write(new, to: path)
    return true
  }

  private func failure() -> AuditError {
    .file(path: path, reason: String(cString: strerror(errno)))
  }
}

/// Files that are whole and on disk, or as they were.
enum DurableFile {
  static func write(_ text: String, to path: String) throws(AuditError) {
    let next = path + ".next"
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: next))
      try synchronize(next)
      guard rename(next, path) == 0 else { throw CocoaError(.fileWriteUnknown) }
      try synchronize((path as NSString).deletingLastPathComponent)
    } catch {
      throw .file(path: path, reason: "it cannot be written")
    }
  }

  private static func synchronize(_ path: String) throws {
    let descriptor = open(path.isEmpty ? "." : path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw CocoaError(.fileReadUnknown) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw CocoaError(.fileWriteUnknown) }
  }
}
