import Foundation

/// How tests wait for what other threads and programs do: they look until it is so.
///
/// Only what never comes takes all of this time: a busy machine may need minutes for what takes others a moment.
private let patience = Duration.seconds(300)
/// And not before so many looks: while all threads serve others, minutes pass between two looks of a task.
private let fewestLooks = 200

/// Whether it is so, now or within five minutes.
public func eventually(_ isSo: () throws -> Bool) rethrows -> Bool {
  try look(isSo, until: { $0 })
}

/// As ``eventually(_:)``, in asynchronous tests: the thread serves others meanwhile.
public func comesTrue(
  isolation: isolated (any Actor)? = #isolation, _ isSo: () async throws -> Bool
) async rethrows -> Bool {
  try await watch(isSo, until: { $0 })
}

/// Looks again and again until what is seen is as wished.
/// - Returns: what was seen last, be it as wished or, after five minutes, not.
public func look<Seen>(
  _ see: () throws -> Seen, until isWished: (Seen) throws -> Bool
) rethrows -> Seen {
  var pauses = Pauses()
  while true {
    let seen = try see()
    guard try !isWished(seen), let pause = pauses.next() else { return seen }
    usleep(UInt32(pause / .microseconds(1)))
  }
}

/// As ``look(_:until:)``, in asynchronous tests: the thread serves others meanwhile.
public func watch<Seen>(
  isolation: isolated (any Actor)? = #isolation,
  _ see: () async throws -> Seen, until isWished: (Seen) throws -> Bool
) async rethrows -> Seen {
  var pauses = Pauses()
  while true {
    let seen = try await see()
    guard try !isWished(seen), let pause = pauses.next() else { return seen }
    try? await Task.sleep(for: pause)
  }
}

/// Short ones first, for what comes at once; longer ones later, to leave the machine to what is waited for.
private struct Pauses: IteratorProtocol {
  private let end = ContinuousClock.now + patience
  private var pause = Duration.milliseconds(2)
  private var looks = 0

  mutating func next() -> Duration? {
    looks += 1
    guard looks < fewestLooks || ContinuousClock.now < end else { return nil }
    pause = min(pause * 1.5, .milliseconds(100))
    return pause
  }
}
