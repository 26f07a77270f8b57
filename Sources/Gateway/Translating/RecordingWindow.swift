import Store

/// The batch at hand, the one on its way to the disk, and what both touch.
struct RecordingWindow {
  private var batch: [TranslatedMessage] = []
  private var footprint = Footprint()
  private var begun: ContinuousClock.Instant?
  private var sent: (commit: Settled<Void>, footprint: Footprint)?

  var isEmpty: Bool { batch.isEmpty }

  /// Whether the batch at hand is to be stored before it grows: what is not stored is lost when the gateway is killed,
  /// and the next deliveries wait for it.
  var isOld: Bool { begun.map { .now - $0 > .milliseconds(100) } ?? false }

  /// Whether a record was worked out without what it should know.
  func disturbs(_ record: TranslationRecord) -> Bool {
    footprint.disturbs(record) || sent?.footprint.disturbs(record) == true
  }

  mutating func add(_ translated: TranslatedMessage) {
    if batch.isEmpty { begun = .now }
    batch.append(translated)
    footprint.add(translated.record)
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
