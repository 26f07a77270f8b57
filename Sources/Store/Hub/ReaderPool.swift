import Foundation

/// Lends the statements of a few reading connections, each to one thread at a time, until it is closed. They
/// are opened when they are first needed.
final class ReaderPool<Reader>: @unchecked Sendable {
  private let condition = NSCondition()
  private let limit: Int
  private let open: () throws(StoreError) -> Reader
  private var free: [Reader] = []
  private var opened = 0
  private var isClosed = false

  init(limit: Int, open: @escaping () throws(StoreError) -> Reader) {
    self.limit = max(1, limit)
    self.open = open
  }

  func use<Value>(_ work: (Reader) throws(StoreError) -> Value) throws(StoreError) -> Value {
    let reader = try take()
    defer { giveBack(reader) }
    return try work(reader)
  }

  /// Waits for those who still read, and closes the connections.
  func close() {
    condition.lock()
    isClosed = true
    while free.count < opened { condition.wait() }
    opened = 0
    let readers = free
    free = []
    condition.broadcast()
    condition.unlock()
    withExtendedLifetime(readers) {}
  }

  private func take() throws(StoreError) -> Reader {
    condition.lock()
    while free.isEmpty, opened >= limit, !isClosed { condition.wait() }
    guard !isClosed else {
      condition.unlock()
      throw .closed
    }
    if let reader = free.popLast() {
      condition.unlock()
      return reader
    }
    opened += 1
    condition.unlock()
    do throws(StoreError) {
      return try open()
    } catch {
      condition.lock()
      opened -= 1
      condition.broadcast()
      condition.unlock()
      throw error
    }
  }

  private func giveBack(_ reader: Reader) {
    condition.lock()
    free.append(reader)
    condition.broadcast()
    condition.unlock()
  }
}
