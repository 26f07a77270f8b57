import CSQLite
import Foundation

/// The locks and the shared memory of one file, as all connections of the process see them
/// (sqlite.org/c3ref/io_methods.html).
struct SharedState {
  private var levels: [Int: Int32] = [:]
  private var sharers: [Int: Set<Int>] = [:]
  private var owners: [Int: Int] = [:]
  private var regions: [UnsafeMutableRawPointer] = []
  private var mappers: Set<Int> = []

  // MARK: the file's lock

  mutating func lock(_ level: Int32, by handle: Int) -> Int32 {
    let others = levels.filter { $0.key != handle }.values.max() ?? SQLITE_LOCK_NONE
    let isFree =
      switch level {
      case SQLITE_LOCK_SHARED: others < SQLITE_LOCK_PENDING
      case SQLITE_LOCK_RESERVED: others < SQLITE_LOCK_RESERVED
      default: others == SQLITE_LOCK_NONE
      }
    guard isFree else { return SQLITE_BUSY }
    levels[handle] = max(level, levels[handle] ?? SQLITE_LOCK_NONE)
    return SQLITE_OK
  }

  mutating func unlock(to level: Int32, by handle: Int) {
    levels[handle] = level == SQLITE_LOCK_NONE ? nil : level
  }

  var isReserved: Bool { levels.values.contains { $0 >= SQLITE_LOCK_RESERVED } }

  // MARK: the write-ahead log's locks

  mutating func lockShared(_ slots: Range<Int>, flags: Int32, by handle: Int) -> Int32 {
    if flags & SQLITE_SHM_UNLOCK != 0 {
      for slot in slots {
        sharers[slot]?.remove(handle)
        if owners[slot] == handle { owners[slot] = nil }
      }
      return SQLITE_OK
    }
    let isExclusive = flags & SQLITE_SHM_EXCLUSIVE != 0
    for slot in slots {
      if let owner = owners[slot], owner != handle { return SQLITE_BUSY }
      if isExclusive, sharers[slot]?.contains(where: { $0 != handle }) == true { return SQLITE_BUSY }
    }
    for slot in slots {
      if isExclusive { owners[slot] = handle } else { sharers[slot, default: []].insert(handle) }
    }
    return SQLITE_OK
  }

  // MARK: the shared memory

  mutating func region(_ number: Int, size: Int, extending: Bool) -> UnsafeMutableRawPointer? {
    guard number < regions.count || extending else { return nil }
    while regions.count <= number {
      let region = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
      region.initializeMemory(as: UInt8.self, repeating: 0, count: size)
      regions.append(region)
    }
    return regions[number]
  }

  mutating func attach(_ handle: Int) { mappers.insert(handle) }

  /// The last one to leave frees the memory, so that nothing of it outlives the process.
  mutating func detach(_ handle: Int) {
    guard mappers.remove(handle) != nil else { return }
    for slot in sharers.keys { sharers[slot]?.remove(handle) }
    for (slot, owner) in owners where owner == handle { owners[slot] = nil }
    guard mappers.isEmpty else { return }
    for region in regions { region.deallocate() }
    regions = []
  }
}
