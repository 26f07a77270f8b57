/// Tells from what lies in a folder, looked at again and again, when it has changed and is still: several
/// files that change together are read together, and a file that is being written is not read in the middle.
struct Stillness<State: Equatable> {
  private let quiet: Duration
  private var seen: State?
  private var since: Duration = .zero
  private var isRead = false

  /// - Parameter quiet: how long the folder must stay as it is. Longer than the steps in which file systems
  ///   keep times, so that a change after the reading never looks like one before it.
  init(quiet: Duration) {
    self.quiet = quiet
  }

  /// Whether the folder is to be read now; once for each state that lasts.
  /// - Parameter now: the time since some fixed moment.
  mutating func isDue(_ state: State, at now: Duration) -> Bool {
    if state != seen {
      seen = state
      since = now
      isRead = false
    }
    guard !isRead, now - since >= quiet else { return false }
    isRead = true
    return true
  }

  /// The folder is to be read again once it has been still, even if nothing seems to change.
  mutating func forget() {
    seen = nil
  }
}
