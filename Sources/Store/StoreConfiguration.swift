/// How a ``SQLiteMessageStore`` bounds its work.
public struct StoreConfiguration: Sendable {
  /// The most writes that share one commit.
  public var batchSize = 512
  /// The most writes that may wait; beyond it the store is overloaded.
  public var maximumWaiting = 20_000
  /// The most bytes of bodies that may wait; beyond it the store is overloaded.
  public var maximumWaitingBytes = 256 << 20
  /// The most threads that read the hub at a time; others wait.
  public var hubReaders = 4
  /// The most bytes that the database file may take; nil for as much as the disk has.
  public var maximumFileBytes: Int?
  /// The key of the codes by which bodies are known that were removed; kept elsewhere than the file, it keeps
  /// those who have the file from trying bodies out. With another key such messages are conflicts, no repetitions.
  public var bodyKey: [UInt8] = []

  /// The defaults above.
  public init() {}
}
