/// Counts failures by address, so that a flood of them neither fills the log nor costs more than a count.
///
/// Who shows the right thing is never held up, whatever others behind the same address do.
struct FailureThrottle {
  /// How one more failure is to be taken.
  struct Judgement: Equatable {
    /// Whether to tell the operator, and how many have not been told since the last time.
    let report: Int?
    /// Milliseconds that they should stay away; nil while they may try again at once.
    let pause: Int64?
  }

  private struct Count {
    let began: Int64
    var failures = 0
    var untold = 0
  }

  static let window: Int64 = 60_000
  static let mostTold = 5
  static let mostFailures = 20
  private static let mostAddresses = 4096
  private var counts: [String: Count] = [:]

  /// Notes a failure at a time in milliseconds.
  mutating func note(_ address: String, at now: Int64) -> Judgement {
    let key = room(for: address, at: now)
    var count = counts[key] ?? Count(began: now)
    let untold = count.untold
    if now - count.began >= Self.window || now < count.began { count = Count(began: now, untold: untold) }
    count.failures += 1
    let isTold = count.failures <= Self.mostTold
    count.untold = isTold ? 0 : untold + 1
    counts[key] = count
    let isOver = count.failures > Self.mostFailures
    return Judgement(report: isTold ? untold : nil, pause: isOver ? count.began + Self.window - now : nil)
  }

  /// The address itself while there is room, else one count for all the others.
  private mutating func room(for address: String, at now: Int64) -> String {
    guard counts[address] == nil, counts.count >= Self.mostAddresses else { return address }
    counts = counts.filter { (0..<Self.window).contains(now - $0.value.began) }
    return counts.count < Self.mostAddresses ? address : ""
  }
}
