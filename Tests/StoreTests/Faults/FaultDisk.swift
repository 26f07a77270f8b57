import CSQLite
import Foundation

/// A disk in memory that counts what SQLite asks of it, fails where it is told to, and remembers enough to
/// show what a power cut at any call would have left.
///
/// It stands for all files whose paths begin with its folder; ``FaultVFS`` leads them here.
final class FaultDisk: @unchecked Sendable {
  /// What is to fail.
  struct Plan {
    enum Fault {
      /// The call fails with an input/output error; a write leaves half of its bytes.
      case error
      /// Likewise, but only writes fail, for want of room.
      case full
    }

    let fault: Fault
    /// The calls that fail.
    let calls: ClosedRange<Int>

    static func once(_ fault: Fault, at call: Int) -> Plan { Plan(fault: fault, calls: call...call) }
    static func from(_ fault: Fault, on call: Int) -> Plan { Plan(fault: fault, calls: call...Int.max) }
  }

  /// A call that a disk may fail.
  enum Call {
    case open, delete, access, read, write, truncate, sync, size, map
  }

  let folder: String
  private let lock = NSLock()
  private var files: [String: [UInt8]]
  private var shared: [String: SharedState] = [:]
  private var plan: Plan?
  private var asked: [Call] = []
  private var hits = 0
  /// What was on the disk before the first call, and what changed since.
  let base: [String: [UInt8]]
  private var changes: [DiskChange] = []

  /// - Parameter folder: a real folder, which stays empty but for lock files.
  init(folder: String, files: [String: [UInt8]] = [:]) {
    self.folder = folder
    self.files = files
    base = files
  }

  // MARK: what tests say and ask

  /// What fails from now on; nil mends the disk.
  func fail(_ plan: Plan?) {
    lock.withLock { self.plan = plan }
  }

  /// All calls so far; the first has the number 1.
  var calls: [Call] { lock.withLock { asked } }
  var callCount: Int { lock.withLock { asked.count } }
  /// How many calls have failed.
  var hitCount: Int { lock.withLock { hits } }
  /// What programs see now.
  var contents: [String: [UInt8]] { lock.withLock { files } }
  var history: [DiskChange] { lock.withLock { changes } }

  // MARK: what SQLite asks

  /// What of a call there is left to do.
  private enum Verdict {
    case sound
    case failed(Int32)
  }

  private func count(_ call: Call, _ code: Int32) -> Verdict {
    asked.append(call)
    guard let plan, plan.calls.contains(asked.count) else { return .sound }
    if plan.fault == .full {
      guard call == .write else { return .sound }
      hits += 1
      return .failed(SQLITE_FULL)
    }
    hits += 1
    return .failed(code)
  }

  private func note(_ kind: DiskChange.Kind, _ file: String) {
    changes.append(DiskChange(call: asked.count, file: file, kind: kind))
  }

  private func ask(_ call: Call, _ code: Int32, _ work: () -> Int32) -> Int32 {
    lock.withLock {
      if case .failed(let code) = count(call, code) { return code }
      return work()
    }
  }

  func open(_ name: String, creating: Bool) -> Int32 {
    ask(.open, SQLITE_CANTOPEN) {
      if files[name] == nil {
        guard creating else { return SQLITE_CANTOPEN }
        files[name] = []
        note(.create, name)
      }
      return SQLITE_OK
    }
  }

  func delete(_ name: String, durably: Bool) -> Int32 {
    ask(.delete, DiskError.delete) {
      guard files.removeValue(forKey: name) != nil else { return DiskError.noSuchFile }
      note(.delete, name)
      if durably { note(.sync, name) }
      return SQLITE_OK
    }
  }

  func exists(_ name: String, _ answer: UnsafeMutablePointer<Int32>?) -> Int32 {
    ask(.access, DiskError.access) {
      answer?.pointee = files[name] == nil ? 0 : 1
      return SQLITE_OK
    }
  }

  func read(_ name: String, into buffer: UnsafeMutableRawBufferPointer, at offset: Int) -> Int32 {
    ask(.read, DiskError.read) {
      let bytes = files[name] ?? []
      let count = max(0, min(buffer.count, bytes.count - offset))
      if count > 0 {
        bytes.withUnsafeBytes { buffer.copyMemory(from: .init(rebasing: $0[offset..<(offset + count)])) }
      }
      guard count < buffer.count else { return SQLITE_OK }
      UnsafeMutableRawBufferPointer(rebasing: buffer[count...]).initializeMemory(as: UInt8.self, repeating: 0)
      return DiskError.shortRead
    }
  }

  func write(_ name: String, _ buffer: UnsafeRawBufferPointer, at offset: Int) -> Int32 {
    lock.withLock {
      switch count(.write, DiskError.write) {
      case .sound:
        put(name, Array(buffer), at: offset)
        return SQLITE_OK
      case .failed(let code):
        put(name, Array(buffer.prefix(buffer.count / 2)), at: offset)
        return code
      }
    }
  }

  private func put(_ name: String, _ bytes: [UInt8], at offset: Int) {
    files[name, default: []].put(bytes, at: offset)
    note(.write(offset: offset, bytes), name)
  }

  func truncate(_ name: String, to size: Int) -> Int32 {
    ask(.truncate, DiskError.truncate) {
      files[name, default: []].resize(to: size)
      note(.truncate(size), name)
      return SQLITE_OK
    }
  }

  /// One that fails loses what it was to make durable: kernels take such pages for clean afterwards.
  func sync(_ name: String) -> Int32 {
    lock.withLock {
      switch count(.sync, DiskError.sync) {
      case .sound:
        note(.sync, name)
        return SQLITE_OK
      case .failed(let code):
        note(.lostSync, name)
        return code
      }
    }
  }

  func size(_ name: String, _ answer: UnsafeMutablePointer<sqlite3_int64>?) -> Int32 {
    ask(.size, DiskError.size) {
      answer?.pointee = Int64(files[name]?.count ?? 0)
      return SQLITE_OK
    }
  }

  // MARK: what connections of one process share

  /// Does something with the locks and the shared memory of a file.
  func sharing<Value>(_ name: String, _ work: (inout SharedState) -> Value) -> Value {
    lock.withLock { work(&shared[name, default: SharedState()]) }
  }

  func map(
    _ name: String, region: Int, size: Int, extending: Bool,
    _ answer: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
  ) -> Int32 {
    ask(.map, DiskError.map) {
      answer?.pointee = shared[name, default: SharedState()].region(region, size: size, extending: extending)
      return SQLITE_OK
    }
  }
}

extension [UInt8] {
  mutating func resize(to size: Int) {
    if size < count { removeSubrange(size...) } else { self += [UInt8](repeating: 0, count: size - count) }
  }

  mutating func put(_ bytes: some Collection<UInt8>, at offset: Int) {
    if count < offset { resize(to: offset) }
    replaceSubrange(offset..<Swift.min(count, offset + bytes.count), with: bytes)
  }
}
