import Synchronization

/// Who is at work on which delivery. Only in memory: a crash frees all, and what was being sent is sent again.
final class Claims: Sendable {
  /// A delivery that may be sent, and the number under which its lane keeps one at a time: a delivery that
  /// stepped aside is a lane of its own.
  struct Head: Sendable {
    let number: Int64
    let queue: Queue
  }

  struct Queue: Hashable, Sendable {
    let lane: Lane
    /// The delivery that stepped aside, or 0 for the lane itself.
    let aside: Int64
  }

  private struct State {
    /// No queue for those that a person is changing.
    var numbers: [Int64: Queue?] = [:]
    var queues: Set<Queue> = []

    func isFree(_ head: Head) -> Bool {
      numbers[head.number] == nil && !queues.contains(head.queue)
    }
  }

  private let state = Mutex(State())

  /// Takes up to `limit` of the heads that `next` yields until nil. Nothing is freed meanwhile, so `next` cannot
  /// yield what was true only before a report that is stored by now.
  func take(
    limit: Int, from next: () throws(StoreError) -> Head?
  ) throws(StoreError) -> [Int64] {
    try state.withLock { state throws(StoreError) in
      var taken: [Head] = []
      while taken.count < limit, let head = try next() {
        if state.isFree(head) { taken.append(head) }
      }
      for head in taken {
        state.numbers[head.number] = .some(head.queue)
        state.queues.insert(head.queue)
      }
      return taken.map(\.number)
    }
  }

  /// The first that `next` yields and nobody has taken.
  func firstFree(from next: () throws(StoreError) -> Head?) throws(StoreError) -> Head? {
    try state.withLock { state throws(StoreError) in
      while let head = try next() {
        if state.isFree(head) { return head }
      }
      return nil
    }
  }

  /// Keeps a delivery from being sent while a person changes it; false when somebody is at work on it.
  func reserve(_ number: Int64) -> Bool {
    state.withLock { state in
      guard state.numbers[number] == nil else { return false }
      state.numbers[number] = .some(nil)
      return true
    }
  }

  func free(_ number: Int64) {
    state.withLock { state in
      if let queue = state.numbers.removeValue(forKey: number) ?? nil { state.queues.remove(queue) }
    }
  }
}
