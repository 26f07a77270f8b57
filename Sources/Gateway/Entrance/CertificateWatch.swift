import Cryptography

/// Looks again and again, on a thread of its own, whether the certificates' files have changed, and reads
/// them when they are still, or at once when asked.
final class CertificateWatch: Sendable {
  private let credentials: RenewableCredentials
  private let quiet: Duration
  private let tell: @Sendable (EntranceReport) -> Void
  private let rounds: Rounds
  /// As the files were before they were read for the first time.
  private let initial: [FolderWalk.File]

  init(
    _ files: TLSFiles, every interval: Duration, quiet: Duration,
    tell: @escaping @Sendable (EntranceReport) -> Void
  ) throws(TLSFault) {
    initial = Self.state(files)
    credentials = try RenewableCredentials(files)
    (self.quiet, self.tell) = (quiet, tell)
    rounds = Rounds("sluss-certificates", every: interval)
  }

  /// The certificates, for all doors.
  var certificates: RenewableCredentials { credentials }

  func start() {
    rounds.start { [self] in
      var (stillness, read) = (Stillness<[FolderWalk.File]>(quiet: quiet), initial)
      let clock = ContinuousClock()
      let start = clock.now
      return { [self] isAsked in
        let state = Self.state(credentials.files)
        let isDue = stillness.isDue(state, at: clock.now - start) && state != read
        guard isAsked || isDue else { return }
        read = state
        renew()
      }
    }
  }

  /// Reads them at once; returns before it is done.
  func ask() { rounds.ask() }

  /// Ends after the reading at hand. To be called once.
  func stop() { rounds.stop() }

  private func renew() {
    do throws(TLSFault) {
      try credentials.renew()
      tell(.certificatesRenewed(expires: credentials.current.expires))
    } catch {
      tell(.certificatesKept(error))
    }
  }

  private static func state(_ files: TLSFiles) -> [FolderWalk.File] {
    files.paths.map { FolderWalk.File(at: $0) }
  }
}
