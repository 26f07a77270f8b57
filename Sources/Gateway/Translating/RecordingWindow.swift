import Store

/// The batch at hand and those on their way to the disk: what the store does not show yet.
struct RecordingWindow {
  /// Messages that are recorded as a whole.
  private struct Batch {
    var messages: [TranslatedMessage] = []
    var bytes = 0
    var footprint = Footprint()
    var changers: [HubKey: Footprint] = [:]
  }

  /// How large the batch at hand grows while others are on their way; a larger one writes less for each message, and
  /// keeps more memory.
  private static let (most, mostBytes) = (512, 16 << 20)

  private var batch = Batch()
  /// Those on their way, in the order in which they were sent, each with its end.
  private var sent: [(batch: Batch, commit: Settled<Void>)] = []
  /// None of them is stored without those before.
  private(set) var order = RecordingOrder()

  var isEmpty: Bool { batch.messages.isEmpty }
  var isFull: Bool { batch.messages.count >= Self.most || batch.bytes >= Self.mostBytes }
  /// How many batches were sent of which nobody has asked yet how they ended.
  var sending: Int { sent.count }
  /// Whether ``settle()`` returns at once.
  var hasSettled: Bool { sent.first?.commit.hasEnded ?? true }

  /// Whether something was worked out without what it should know.
  func disturbs(_ footprint: Footprint) -> Bool {
    batch.footprint.disturbs(footprint) || sent.contains { $0.batch.footprint.disturbs(footprint) }
  }

  /// Those who have changed resources; each was changed once, since another change would have been disturbed.
  var changers: [[HubKey: Footprint]] { [batch.changers] + sent.map(\.batch.changers) }

  mutating func add(_ translated: TranslatedMessage) {
    batch.messages.append(translated)
    batch.bytes += translated.bytes
    batch.footprint.add(translated.footprint)
    for id in translated.footprint.changed { batch.changers[id] = translated.footprint }
  }

  /// The batch at hand, to be stored behind those that were sent before; the commit is to be told of its end.
  mutating func send() -> (batch: [TranslatedMessage], commit: Settled<Void>) {
    let (messages, commit) = (batch.messages, Settled<Void>())
    // Of what is on its way it remembers only what that touches.
    batch.messages = []
    sent.append((batch, commit))
    batch = Batch()
    return (messages, commit)
  }

  /// Waits until what was sent first is on disk, and forgets what else is by then.
  /// - Throws: why it is not.
  mutating func settle() throws(StoreError) {
    repeat {
      guard !sent.isEmpty else { return }
      try sent.removeFirst().commit.wait()
    } while hasSettled
  }

  /// Waits until all that was sent is on disk.
  /// - Throws: why it is not.
  mutating func settleAll() throws(StoreError) {
    while !sent.isEmpty { try settle() }
  }

  /// Forgets all, once what was sent has ended.
  mutating func abandon() {
    while !sent.isEmpty { try? settle() }
    self = RecordingWindow()
  }
}
