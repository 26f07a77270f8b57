import Synchronization

/// Lends the statements of one reading connection to one thread at a time, until it is closed.
final class ReaderLock<Reader>: Sendable {
  private struct Held: @unchecked Sendable {
    var reader: Reader?
  }

  private let held: Mutex<Held>

  /// Takes the reader over; nobody else may use it.
  init(_ reader: Reader) {
    held = Mutex(Held(reader: reader))
  }

  func use<Value: Sendable>(
    _ work: (Reader) throws(StoreError) -> Value
  ) throws(StoreError) -> Value {
    try held.withLock { held throws(StoreError) in
      guard let reader = held.reader else { throw .closed }
      return try work(reader)
    }
  }

  func close() {
    held.withLock { $0.reader = nil }
  }
}
