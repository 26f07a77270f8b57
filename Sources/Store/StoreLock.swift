import Foundation

/// The lock file beside a database; it keeps a second gateway from the live file (reliability.md, 1).
final class StoreLock: Sendable {
  private let descriptor: Int32

  init(besides path: String) throws(StoreError) {
    let lock = path + ".lock"
    descriptor = open(lock, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw .cannotOpen(path: lock, reason: String(cString: strerror(errno)))
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw .inUse(path: path)
    }
  }

  /// Unlocked by hand: a process that is just being started may hold a copy of the descriptor for a moment.
  deinit {
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }
}
