extension CheckpointKeeper {
  /// Signs at an interval until its task is cancelled, and once more then, so that an orderly stop leaves no
  /// entry unsigned. Nothing is signed while nothing comes.
  ///
  /// - Parameters:
  ///   - now: seconds since 1970, UTC.
  ///   - tell: gets what failed, to be shown to the operator. After ``AuditError/behind(size:signed:)`` or
  ///     ``AuditError/forked(size:)`` the gateway must stop.
  public func run(
    every interval: Duration, now: @Sendable () -> Int64, tell: @Sendable (any Error) -> Void
  ) async {
    repeat {
      try? await Task.sleep(for: interval)
      await attempt(now(), tell)
    } while !Task.isCancelled
  }

  private func attempt(_ time: Int64, _ tell: @Sendable (any Error) -> Void) async {
    do {
      for problem in try await sign(time: time).problems { tell(problem) }
    } catch {
      tell(error)
    }
  }
}
