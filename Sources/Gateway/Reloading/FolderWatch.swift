/// Looks again and again, on a thread of its own, at what lies in the mappings' folder, and loads it when it
/// has changed and is still, or at once when asked.
///
/// It compares paths, sizes and times instead of waiting for the kernel to tell: that works on network mounts
/// and through symbolic links, and whichever way an editor writes.
final class FolderWatch: Sendable {
  private let reload: MappingReload
  private let quiet: Duration
  private let rounds: Rounds

  init(_ reload: MappingReload, every interval: Duration, quiet: Duration) {
    (self.reload, self.quiet) = (reload, quiet)
    rounds = Rounds("sluss-mappings", every: interval)
  }

  func start() {
    rounds.start { [reload, quiet] in
      var stillness = Stillness<[FolderWalk.File]?>(quiet: quiet)
      let clock = ContinuousClock()
      let start = clock.now
      return { isAsked in
        if isAsked {
          reload.loadNow()
          stillness.forget()  // a file may have been half written
        } else if stillness.isDue(reload.state, at: clock.now - start), !reload.loadIfStill() {
          stillness.forget()
        }
      }
    }
  }

  /// Loads at once; returns before it is done.
  func ask() { rounds.ask() }

  /// Ends after the loading at hand. To be called once.
  func stop() { rounds.stop() }
}
