import Store

/// Messages that can't be recorded yet, in the order in which they came: each waits for something that is not on disk,
/// or for one of them that came before it.
struct PutAside {
  private struct Entry {
    let message: NewMessage
    /// What came of it, while that is still right.
    var translated: TranslatedMessage?
    /// What it touches, and where it has a place or may have one.
    var claim: Footprint
    var wasWorkedOutAnew = false

    init(_ translated: TranslatedMessage) {
      message = translated.message
      self.translated = translated
      claim = translated.footprint
    }

    mutating func workedOutAnew(_ translated: TranslatedMessage) {
      self.translated = translated
      claim = translated.footprint
      wasWorkedOutAnew = true
    }

    /// What came of it is wrong, since it was worked out without knowing these.
    mutating func disturbed(by changers: [[HubKey: Footprint]]) {
      translated = nil
      for changers in changers {
        claim.addPlaces(of: changers)
        // Many tell the same of a patient who was not known yet. Who was wrong to suppose so does not again.
        if !wasWorkedOutAnew { claim.supposeChanged(by: changers) }
      }
    }
  }

  private var entries: [Entry] = []
  /// What all of them claim.
  private var claims = Footprint()

  var count: Int { entries.count }
  var isEmpty: Bool { entries.isEmpty }

  /// Adds a message to the batch at hand, or else to those that wait.
  mutating func take(_ translated: TranslatedMessage, in window: inout RecordingWindow) {
    take(Entry(translated), in: &window)
  }

  private mutating func take(_ entry: Entry, in window: inout RecordingWindow) {
    var entry = entry
    if window.disturbs(entry.claim) {
      entry.disturbed(by: window.changers)
    } else if let translated = entry.translated, !claims.precedes(entry.claim) {
      return window.add(translated)
    }
    claims.add(entry.claim)
    entries.append(entry)
  }

  /// Works those out anew that wait for nothing any more, side by side, and adds all that may go now to the batch at
  /// hand. At least the first may go when the window is empty.
  mutating func goOn(
    in window: inout RecordingWindow,
    translating translate: ([NewMessage]) throws(StoreError) -> [TranslatedMessage]
  ) throws(StoreError) {
    guard !isEmpty else { return }
    let ready = ready(window)
    let translated = try translate(ready.map { entries[$0].message })
    for (place, translated) in zip(ready, translated) { entries[place].workedOutAnew(translated) }
    let waiting = entries
    self = PutAside()
    for entry in waiting { take(entry, in: &window) }
  }

  /// The places of those that wait for nothing any more, as far as one can tell.
  private func ready(_ window: RecordingWindow) -> [Int] {
    var earlier = Footprint()
    var ready: [Int] = []
    for (place, entry) in entries.enumerated() {
      if entry.translated == nil, !earlier.disturbs(entry.claim), !window.disturbs(entry.claim) {
        ready.append(place)
      }
      earlier.add(entry.claim)
    }
    return ready
  }
}
