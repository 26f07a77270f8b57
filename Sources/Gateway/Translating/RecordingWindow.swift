import Store

/// The batch at hand, the one on its way to the disk, and what the messages in work may not have seen of both.
struct RecordingWindow {
  private var batch: [TranslatedMessage] = []
  private var begun: ContinuousClock.Instant?
  private var sent: (commit: Settled<Void>, footprint: Footprint)?
  private var footprint = Footprint()
  /// What was sent and not on disk when the messages in work were worked out, and what was sent since.
  private var unseen = Footprint()

  var isEmpty: Bool { batch.isEmpty }

  /// Messages are worked out from now on, while others wait to be stored or are on their way.
  mutating func begin() { unseen = sent?.footprint ?? Footprint() }

  /// Whether the batch at hand is to be stored before it grows: what is not stored is lost when the gateway is killed,
  /// and the next deliveries wait for it.
  var isOld: Bool { begun.map { .now - $0 > .milliseconds(100) } ?? false }

  /// Whether a message was worked out without what it should know.
  func disturbs(_ translated: TranslatedMessage) -> Bool {
    footprint.disturbs(translated.footprint) || unseen.disturbs(translated.footprint)
  }

  mutating func add(_ translated: TranslatedMessage) {
    if batch.isEmpty { begun = .now }
    batch.append(translated)
    footprint.add(translated.footprint)
  }

  /// The batch at hand, to be stored; the commit is to be told of its end.
  mutating func send() -> (batch: [TranslatedMessage], commit: Settled<Void>) {
    let commit = Settled<Void>()
    defer {
      batch = []
      begun = nil
      footprint = Footprint()
    }
    sent = (commit, footprint)
    unseen.add(footprint)
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
