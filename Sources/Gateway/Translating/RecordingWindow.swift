import Store

/// The batch at hand and the one on its way to the disk: what the store does not show yet.
struct RecordingWindow {
  /// Messages that are recorded as a whole.
  private struct Batch {
    var messages: [TranslatedMessage] = []
    var bytes = 0
    var footprint = Footprint()
    var changers: [HubKey: Footprint] = [:]
  }

  /// How large the batch at hand grows while the one before is on its way; a larger one writes less for each
  /// message, and keeps more memory.
  private static let (most, mostBytes) = (768, 16 << 20)

  private var batch = Batch()
  private var sent: (batch: Batch, commit: Settled<Void>)?

  var isEmpty: Bool { batch.messages.isEmpty }
  var isFull: Bool { batch.messages.count >= Self.most || batch.bytes >= Self.mostBytes }
  /// Whether a batch was sent of which nobody has asked yet how it ended.
  var isSending: Bool { sent != nil }
  /// Whether ``settle()`` returns at once.
  var hasSettled: Bool { sent?.commit.hasEnded ?? true }

  /// Whether something was worked out without what it should know.
  func disturbs(_ footprint: Footprint) -> Bool {
    batch.footprint.disturbs(footprint) || sent?.batch.footprint.disturbs(footprint) == true
  }

  /// Those who have changed resources; each was changed once, since another change would have been disturbed.
  var changers: [[HubKey: Footprint]] { [batch.changers] + (sent.map { [$0.batch.changers] } ?? []) }

  mutating func add(_ translated: TranslatedMessage) {
    batch.messages.append(translated)
    batch.bytes += translated.bytes
    batch.footprint.add(translated.footprint)
    for id in translated.footprint.changed { batch.changers[id] = translated.footprint }
  }

  /// The batch at hand, to be stored once the one before has settled; the commit is to be told of its end.
  mutating func send() -> (batch: [TranslatedMessage], commit: Settled<Void>) {
    let (messages, commit) = (batch.messages, Settled<Void>())
    // Of what is on its way it remembers only what that touches.
    batch.messages = []
    sent = (batch, commit)
    batch = Batch()
    return (messages, commit)
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
