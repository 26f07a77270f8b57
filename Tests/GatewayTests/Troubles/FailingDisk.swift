import Foundation
import TestRig

/// A real file system (ext4) that can break while files on it are open for writing: from then on nothing can be
/// written to it, as after an error of the disk below, until it is mounted anew.
final class FailingDisk {
  struct NotMounted: Error {}

  /// Whether one can be mounted here.
  static let isPossible: Bool = {
    guard geteuid() == 0, let disk = try? FailingDisk() else { return false }
    disk.remove()
    return true
  }()

  let path = NSTemporaryDirectory() + "sluss-failing-" + UUID().uuidString
  private var image: String { path + ".image" }

  init() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    guard FileManager.default.createFile(atPath: image, contents: Data(count: 48 << 20)),
      Self.run("/usr/sbin/mkfs.ext4", "-q", "-F", image), mount()
    else {
      remove()
      throw NotMounted()
    }
  }

  func remove() {
    _ = Self.run("/usr/bin/umount", "-l", path)
    try? FileManager.default.removeItem(atPath: path)
    try? FileManager.default.removeItem(atPath: image)
  }

  /// As the kernel does it itself when the disk below fails.
  func fail() throws {
    guard Self.run("/usr/bin/mount", "-o", "remount,abort", path) else { throw NotMounted() }
  }

  /// Makes it anew what it was when it failed; nobody may have a file there open.
  func mend() throws {
    guard eventually({ Self.run("/usr/bin/umount", path) }), mount() else { throw NotMounted() }
  }

  private func mount() -> Bool { Self.run("/usr/bin/mount", "-o", "loop", image, path) }

  private static func run(_ program: String, _ words: String...) -> Bool {
    (try? Program.run(program, words).status) == 0
  }
}
