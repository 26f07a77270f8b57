import Store

/// What a pump has on its hands.
///
/// A place at the target is free again as soon as the target has answered: what other lanes have is sent while the
/// answer is on its way to the disk. Only the lane itself waits for that, so that no crash repeats what a later
/// delivery of the lane has followed.
struct PumpLoad {
  /// A delivery, and how many of its lane it follows that were sent one right after the other.
  struct Claimed {
    let delivery: DueDelivery
    var run = 0
    /// When it was taken, in milliseconds as the pump's clock has them.
    var taken: Int64 = 0
  }

  /// Answers that may wait for the disk besides what is at the target: a crash repeats at most so many more, each of
  /// another lane.
  static let mostUnstored = 128
  /// So many of a lane go one right after the other; then it is the turn of what has been due for longest.
  static let longestRun = 16
  /// In milliseconds: what has no place for longer is given back. An attempt begins soon after its claim, so that the
  /// network to the store can't have been cut for the length of a lease meanwhile.
  static let longestWait: Int64 = 250

  let atOnce: Int
  var breaker = CircuitBreaker()
  var isStopped = false
  /// Whether the store takes reports.
  private(set) var isStoring = true
  /// Whether something may be due that the last look has not found.
  var isToLook = true
  /// Whether the last look took all that there was room for, or is not over yet: there may be more.
  var isFull = false

  /// What the store did not take yet.
  private var unreported: [DeliveryReport] = []
  private var sending = 0
  private var unstored = 0
  private var next: [Claimed] = []

  init(atOnce: Int) {
    self.atOnce = atOnce
  }

  var isEmpty: Bool { sending == 0 && unstored == 0 && next.isEmpty }

  /// How many deliveries may begin now, and whether to see if somebody answers again. None while nothing can be
  /// stored.
  mutating func room(at now: Int64) -> (count: Int, isForProbe: Bool) {
    isFull = true
    guard !isStopped, isStoring else { return (0, false) }
    let room = atOnce - sending - next.count - max(0, unstored - Self.mostUnstored)
    return (breaker.allowed(max(0, room), at: now, underWay: sending), breaker.isOpen)
  }

  mutating func began(_ count: Int) { sending += count }

  /// What was begun and is not sent after all.
  mutating func withdrew(_ count: Int) { sending -= count }

  /// - Returns: whether somebody else may have the place at once.
  mutating func answered() -> Bool {
    sending -= 1
    unstored += 1
    if isFull { isToLook = true }
    return isFull || !next.isEmpty
  }

  /// Whether what comes next in a lane is to be taken with the report of one that was sent.
  func follows(_ result: DeliveryResult, _ run: Int) -> Bool {
    result == .delivered && !isStopped && !breaker.isOpen && run < Self.longestRun
  }

  /// - Parameter next: what was taken with the report.
  mutating func stored(_ next: Claimed?) {
    unstored -= 1
    isStoring = unreported.isEmpty
    if let next { self.next.append(next) } else { isToLook = true }
  }

  /// The store could not take a report.
  /// - Returns: whether it is kept; not at the end, when the next start sends the delivery again.
  mutating func keep(_ report: DeliveryReport) -> Bool {
    guard !isStopped else { return false }
    isStoring = false
    isToLook = true
    unreported.append(report)
    return true
  }

  /// What was kept, to be reported again.
  mutating func takeUnreported() -> [DeliveryReport] {
    defer { unreported = [] }
    return unreported
  }

  /// Whether something has been taken that has no place yet.
  var hasNext: Bool { !next.isEmpty }

  /// What was taken with a report: what is to be sent, and what is not to be, since nobody answers any more or it has
  /// waited for long.
  mutating func takeNext(at now: Int64) -> (send: [Claimed], giveBack: [Claimed]) {
    guard !isStopped, isStoring, !breaker.isOpen else {
      defer { next = [] }
      return ([], next)
    }
    let send = Array(next.prefix(max(0, atOnce - sending)))
    let rest = next.dropFirst(send.count)
    next = rest.filter { now - $0.taken < Self.longestWait }
    began(send.count)
    return (send, rest.filter { now - $0.taken >= Self.longestWait })
  }
}
