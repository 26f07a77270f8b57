import TestRig

/// Something that a program did to a file, in the order in which it was done.
struct DiskChange {
  enum Kind {
    case create, delete
    case write(offset: Int, [UInt8])
    case truncate(Int)
    case sync
    /// A sync that failed: nothing that was written before it becomes durable by a later one.
    case lostSync

    var isWrite: Bool { if case .write = self { true } else { false } }
  }

  /// The number of the call that did it.
  let call: Int
  let file: String
  let kind: Kind
}

/// What a power cut leaves of a disk: all that was synced, and of the rest what chance wants, sector by sector.
struct PowerCut {
  /// Drives promise to write a sector as a whole; SQLite counts on no more (sqlite.org/psow.html).
  private static let sector = 512

  private var random: Seeded

  private init(seed: UInt64) { random = Seeded(seed: seed) }

  /// - Parameter call: the call during which the power fails; what it writes may be there or not.
  static func files(of disk: FaultDisk, during call: Int, seed: UInt64) -> [String: [UInt8]] {
    var cut = PowerCut(seed: seed)
    let changes = disk.history.prefix { $0.call <= call }
    var left = disk.base
    for (file, changes) in Dictionary(grouping: changes, by: \.file).sorted(by: { $0.key < $1.key }) {
      left[file] = cut.file(changes, over: disk.base[file], during: call)
    }
    return left
  }

  private mutating func file(_ changes: [DiskChange], over base: [UInt8]?, during call: Int) -> [UInt8]? {
    var durable = base
    var unsynced: [DiskChange.Kind] = []
    var lost: [DiskChange.Kind] = []
    for change in changes {
      switch change.kind {
      // One that the power cut interrupts may have written anything.
      case .sync where change.call < call:
        for kind in unsynced { Self.make(kind, in: &durable) }
        (unsynced, lost) = ([], [])
      case .sync: break
      case .lostSync:
        lost += unsynced.filter(\.isWrite)
        unsynced.removeAll(where: \.isWrite)
      default: unsynced.append(change.kind)
      }
    }
    tear(lost + unsynced, into: &durable)
    return durable
  }

  /// Changes of names and sizes reach the disk in their order, with what was written before them; bytes in
  /// any order.
  private mutating func tear(_ changes: [DiskChange.Kind], into file: inout [UInt8]?) {
    let ordered = changes.filter { !$0.isWrite }.count
    var left = Int.random(in: 0...ordered, using: &random)
    for change in changes {
      guard case .write(let offset, let bytes) = change else {
        guard left > 0 else { return }
        left -= 1
        Self.make(change, in: &file)
        continue
      }
      guard file != nil else { continue }
      tear(bytes, at: offset, into: &file)
    }
  }

  private mutating func tear(_ bytes: [UInt8], at offset: Int, into file: inout [UInt8]?) {
    var start = 0
    while start < bytes.count {
      let end = min(bytes.count, (offset + start) / Self.sector * Self.sector + Self.sector - offset)
      switch Int.random(in: 0..<8, using: &random) {
      case 0..<4: file?.put(bytes[start..<end], at: offset + start)
      case 4:
        let noise = (start..<end).map { _ in UInt8.random(in: 0...255, using: &random) }
        file?.put(noise, at: offset + start)
      default: break
      }
      start = end
    }
  }

  private static func make(_ change: DiskChange.Kind, in file: inout [UInt8]?) {
    switch change {
    case .create: file = file ?? []
    case .delete: file = nil
    case .write(let offset, let bytes): file?.put(bytes, at: offset)
    case .truncate(let size): file?.resize(to: size)
    case .sync, .lostSync: break
    }
  }
}
