import CSQLite
import Foundation
import Synchronization

/// SQLite's default file system, but for the folders of ``FaultDisk``s: their files are those disks'.
///
/// The store needs no setting for it, and other tests in the process keep their real files.
enum FaultVFS {
  private static let disks = Mutex<[String: FaultDisk]>([:])
  private static let nextHandle = Atomic<Int>(1)
  private nonisolated(unsafe) static let real = sqlite3_vfs_find(nil)
  private nonisolated(unsafe) static let name = strdup("sluss-faults")

  /// Kept for good, as SQLite wants it.
  private static let isRegistered: Bool = {
    // Only counts before the library's first use.
    _ = sluss_forgo_memory_statistics()
    guard let real else { return false }
    let vfs = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
    vfs.initialize(to: real.pointee)
    vfs.pointee.pNext = nil
    vfs.pointee.zName = UnsafePointer(name)
    vfs.pointee.szOsFile = max(real.pointee.szOsFile, Int32(MemoryLayout<FaultFile.Handle>.size))
    vfs.pointee.xOpen = { _, path, file, flags, outFlags in
      FaultVFS.open(path, file, flags, outFlags)
    }
    vfs.pointee.xDelete = { _, path, syncsFolder in
      guard let (disk, name) = FaultVFS.disk(of: path) else {
        return FaultVFS.real?.pointee.xDelete(FaultVFS.real, path, syncsFolder) ?? SQLITE_ERROR
      }
      return disk.delete(name, durably: syncsFolder != 0)
    }
    vfs.pointee.xAccess = { _, path, flags, answer in
      guard let (disk, name) = FaultVFS.disk(of: path) else {
        return FaultVFS.real?.pointee.xAccess(FaultVFS.real, path, flags, answer) ?? SQLITE_ERROR
      }
      return disk.exists(name, answer)
    }
    return sqlite3_vfs_register(vfs, 1) == SQLITE_OK
  }()

  static func mount(_ disk: FaultDisk) {
    precondition(isRegistered)
    disks.withLock { $0[disk.folder] = disk }
  }

  static func unmount(_ disk: FaultDisk) {
    disks.withLock { if $0[disk.folder] === disk { $0[disk.folder] = nil } }
  }

  /// The disk that a path is on, and the name of the file there.
  private static func disk(of path: UnsafePointer<CChar>?) -> (FaultDisk, name: String)? {
    guard let path else { return nil }
    let text = String(cString: path)
    guard let slash = text.lastIndex(of: "/") else { return nil }
    guard let disk = disks.withLock({ $0[String(text[..<slash])] }) else { return nil }
    return (disk, String(text[text.index(after: slash)...]))
  }

  private static func open(
    _ path: UnsafePointer<CChar>?, _ file: UnsafeMutablePointer<sqlite3_file>?, _ flags: Int32,
    _ outFlags: UnsafeMutablePointer<Int32>?
  ) -> Int32 {
    guard let (disk, name) = disk(of: path) else {
      return real?.pointee.xOpen(real, path, file, flags, outFlags) ?? SQLITE_ERROR
    }
    file?.pointee.pMethods = nil
    let code = disk.open(name, creating: flags & SQLITE_OPEN_CREATE != 0)
    guard code == SQLITE_OK, let file else { return code }
    let handle = nextHandle.add(1, ordering: .relaxed).newValue
    FaultFile.start(
      file, FaultFile(disk, name, handle, deletesItself: flags & SQLITE_OPEN_DELETEONCLOSE != 0))
    outFlags?.pointee = flags
    return SQLITE_OK
  }
}
