import Synchronization

/// Records that are right only one after another: once one of them has failed, none behind it is stored.
///
/// So several may be on their way to the disk at once.
public final class RecordingOrder: Sendable {
  private let hasEnded = Atomic(false)

  /// None has failed yet.
  public init() {}

  /// Writes the next of them; when that fails, they end.
  /// - Throws: ``StoreError/stale`` when one before has failed.
  func next<Value>(_ write: () throws(StoreError) -> Value) throws(StoreError) -> Value {
    guard !hasEnded.load(ordering: .relaxed) else { throw .stale }
    do throws(StoreError) {
      return try write()
    } catch {
      end()
      throw error
    }
  }

  /// One of them is not on disk.
  func end() {
    hasEnded.store(true, ordering: .relaxed)
  }
}
