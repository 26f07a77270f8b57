import CSQLite

/// A file of a ``FaultDisk`` that one connection has open.
final class FaultFile {
  /// What SQLite allocates for it; begins like `sqlite3_file`.
  struct Handle {
    var methods: UnsafePointer<sqlite3_io_methods>?
    var file: Unmanaged<FaultFile>?
  }

  private let disk: FaultDisk
  private let name: String
  private let number: Int
  private let deletesItself: Bool

  init(_ disk: FaultDisk, _ name: String, _ number: Int, deletesItself: Bool) {
    self.disk = disk
    self.name = name
    self.number = number
    self.deletesItself = deletesItself
  }

  static func start(_ place: UnsafeMutablePointer<sqlite3_file>, _ file: FaultFile) {
    UnsafeMutableRawPointer(place).storeBytes(
      of: Handle(methods: UnsafePointer(methods), file: .passRetained(file)), as: Handle.self)
  }

  private static func at(_ place: UnsafeMutablePointer<sqlite3_file>?) -> FaultFile {
    let handle = UnsafeMutableRawPointer(place)?.load(as: Handle.self)
    guard let file = handle?.file else { preconditionFailure("not a file of a fault disk") }
    return file.takeUnretainedValue()
  }

  private nonisolated(unsafe) static let methods: UnsafeMutablePointer<sqlite3_io_methods> = {
    let methods = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
    methods.initialize(to: table)
    return methods
  }()

  private static var table: sqlite3_io_methods {
    var table = sqlite3_io_methods()
    table.iVersion = 2
    table.xClose = { place in
      FaultFile.at(place).end()
      UnsafeMutableRawPointer(place)?.load(as: Handle.self).file?.release()
      return SQLITE_OK
    }
    table.xRead = { place, buffer, count, offset in
      let file = FaultFile.at(place)
      return file.disk.read(file.name, into: .init(start: buffer, count: Int(count)), at: Int(offset))
    }
    table.xWrite = { place, buffer, count, offset in
      let file = FaultFile.at(place)
      return file.disk.write(file.name, .init(start: buffer, count: Int(count)), at: Int(offset))
    }
    table.xTruncate = { place, size in
      let file = FaultFile.at(place)
      return file.disk.truncate(file.name, to: Int(size))
    }
    table.xSync = { place, _ in
      let file = FaultFile.at(place)
      return file.disk.sync(file.name)
    }
    table.xFileSize = { place, answer in
      let file = FaultFile.at(place)
      return file.disk.size(file.name, answer)
    }
    table.xLock = { place, level in FaultFile.at(place).share { $0.lock(level, by: $1) } }
    table.xUnlock = { place, level in
      FaultFile.at(place).share { $0.unlock(to: level, by: $1) }
      return SQLITE_OK
    }
    table.xCheckReservedLock = { place, answer in
      answer?.pointee = FaultFile.at(place).share { state, _ in state.isReserved ? 1 : 0 }
      return SQLITE_OK
    }
    table.xFileControl = { _, _, _ in SQLITE_NOTFOUND }
    table.xSectorSize = { _ in 512 }
    table.xDeviceCharacteristics = { _ in SQLITE_IOCAP_POWERSAFE_OVERWRITE }
    table.xShmMap = { place, region, size, extend, answer in
      let file = FaultFile.at(place)
      file.share { $0.attach($1) }
      return file.disk.map(file.name, region: Int(region), size: Int(size), extending: extend != 0, answer)
    }
    table.xShmLock = { place, offset, count, flags in
      FaultFile.at(place).share {
        $0.lockShared(Int(offset)..<Int(offset + count), flags: flags, by: $1)
      }
    }
    table.xShmBarrier = { place in FaultFile.at(place).share { _, _ in } }
    table.xShmUnmap = { place, _ in
      FaultFile.at(place).share { $0.detach($1) }
      return SQLITE_OK
    }
    return table
  }

  private func share<Value>(_ work: (inout SharedState, Int) -> Value) -> Value {
    disk.sharing(name) { work(&$0, number) }
  }

  private func end() {
    share { $0.unlock(to: SQLITE_LOCK_NONE, by: $1) }
    if deletesItself { _ = disk.delete(name, durably: false) }
  }
}
