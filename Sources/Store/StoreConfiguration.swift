/// How a ``SQLiteMessageStore`` bounds its work.
public struct StoreConfiguration: Sendable {
  /// The most writes that share one commit, without those that record what was translated.
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
  /// 32 bytes, kept elsewhere than the store, that wrap the keys of messages' content; nil leaves the content of new
  /// messages as it comes.
  ///
  /// The content of messages and of their deliveries is encrypted with a key for each mapping and day, which is
  /// destroyed when the last content of both has been removed. SQLite's keys lie in the folder `FILE.keys` beside the
  /// file and are in no copy of it, PostgreSQL's in the table `content_key`.
  public var contentKey: [UInt8]?

  /// The defaults above.
  public init() {}

  /// The keys of content in a place; nil without a key to wrap them.
  func contents(in place: any ContentKeyPlace) -> ContentKeys? {
    contentKey.map { ContentKeys(place, wrapping: $0, codeKey: bodyKey) }
  }
}
