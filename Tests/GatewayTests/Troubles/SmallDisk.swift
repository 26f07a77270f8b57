import Foundation
import TestRig

/// A real file system of a few megabytes, for whoever may mount one.
final class SmallDisk {
  struct NotMounted: Error {}

  /// Whether one can be mounted here: as root, unless a container forbids it.
  static let isPossible: Bool = {
    guard geteuid() == 0, let disk = try? SmallDisk(megabytes: 1) else { return false }
    disk.remove()
    return true
  }()

  let path = NSTemporaryDirectory() + "sluss-disk-" + UUID().uuidString

  init(megabytes: Int) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    guard Self.run("mount", "-t", "tmpfs", "-o", "size=\(megabytes)m", "tmpfs", path) else {
      try? FileManager.default.removeItem(atPath: path)
      throw NotMounted()
    }
  }

  func remove() {
    _ = Self.run("umount", "-l", path)
    try? FileManager.default.removeItem(atPath: path)
  }

  /// Makes it one that nothing can be written to, or again one that it can; nobody may have a file open for writing.
  func makeReadOnly(_ isReadOnly: Bool = true) throws {
    guard Self.run("mount", "-o", "remount,\(isReadOnly ? "ro" : "rw")", path) else { throw NotMounted() }
  }

  /// Takes all the room but so many bytes.
  func fill(leaving bytes: Int) throws {
    let attributes = try FileManager.default.attributesOfFileSystem(forPath: path)
    let free = (attributes[.systemFreeSize] as? NSNumber)?.intValue ?? 0
    try Data(count: max(0, free - bytes)).write(to: URL(fileURLWithPath: path + "/ballast"))
  }

  func makeRoom() throws {
    try FileManager.default.removeItem(atPath: path + "/ballast")
  }

  private static func run(_ program: String, _ words: String...) -> Bool {
    (try? Program.run("/usr/bin/" + program, words).status) == 0
  }
}
