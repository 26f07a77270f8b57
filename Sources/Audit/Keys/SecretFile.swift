import Foundation

/// A file of secrets: only its owner may read it, and it must be ours.
enum SecretFile {
  /// The lines that are neither empty nor comments.
  ///
  /// Throws ``AuditError/unsafeFile(path:reason:)`` or ``AuditError/file(path:reason:)``.
  static func lines(_ path: String) throws(AuditError) -> [String] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { throw .file(path: path, reason: String(cString: strerror(errno))) }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw .file(path: path, reason: String(cString: strerror(errno)))
    }
    try check(status, path)
    guard let bytes = try? handle.readToEnd(), let text = String(data: bytes, encoding: .utf8) else {
      throw .file(path: path, reason: "it cannot be read as text")
    }
    return text.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("#") }
  }

  /// Makes a file that only its owner can read; one that is there already stays, and it fails.
  static func create(_ path: String, _ text: String) throws(AuditError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .file(path: path, reason: String(cString: strerror(errno))) }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    do {
      try handle.write(contentsOf: Data(text.utf8))
      try handle.synchronize()
    } catch {
      throw .file(path: path, reason: "it cannot be written")
    }
  }

  private static func check(_ status: stat, _ path: String) throws(AuditError) {
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .unsafeFile(path: path, reason: "it is no plain file")
    }
    guard status.st_uid == geteuid() || status.st_uid == 0 else {
      throw .unsafeFile(path: path, reason: "it belongs to somebody else")
    }
    guard status.st_mode & 0o077 == 0 else {
      throw .unsafeFile(path: path, reason: "others may read it; chmod 600 mends that")
    }
  }
}
