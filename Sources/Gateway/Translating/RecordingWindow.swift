import Store

/// The batch at hand, the one on its way to the disk, and what the messages in work may not have seen of both.
struct RecordingWindow {
  private var batch: [TranslatedMessage] = []
  private var sent: (commit: Settled<Void>, footprint: Footprint)?
  private var footprint = Footprint()
  /// What was not on disk when the messages in work were worked out.
  private var unseen = Footprint()

  var isEmpty: Bool { batch.isEmpty }

  /// Messages are worked out from now on, while what was sent may be on its way still. To be called with no batch
  /// at hand.
  mutating func begin() {
    unseen = sent?.footprint ?? Footprint()
  }

  /// Whether a message was worked out without what it should know.
  func disturbs(_ translated: TranslatedMessage) -> Bool { unseen.disturbs(translated.footprint) }

  mutating func add(_ translated: TranslatedMessage) {
    batch.append(translated)
    footprint.add(translated.footprint)
    unseen.add(translated.footprint)
  }

  /// The batch at hand, to be stored; the commit is to be told of its end.
  mutating func send() -> (batch: [TranslatedMessage], commit: Settled<Void>) {
    let commit = Settled<Void>()
    defer {
      batch = []
      footprint = Footprint()
    }
    sent = (commit, footprint)
    return (batch, commit)
  }

  /// Waits until what was sent is on disk.
  /// - Throws: why it is not.
  mutating func settle() throws(StoreError) {
    guard let commit = sent?.commit else { return }
    sent = nil
    try commit.wait()
  }

  /// Forgets all, once what was sent has ended.
  mutating func abandon() {
    try? settle()
    self = RecordingWindow()
  }
}
