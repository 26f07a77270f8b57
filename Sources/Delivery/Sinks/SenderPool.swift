import MLLP
import Synchronization

/// Connections of one target, each lent to one message at a time; those that are idle are used again.
final class SenderPool: Sendable {
  private struct State {
    var all: [MLLPSender] = []
    var idle: [MLLPSender] = []
    var isClosed = false
  }

  private let connect: @Sendable () -> MLLPSender
  private let state = Mutex(State())

  init(_ connect: @escaping @Sendable () -> MLLPSender) {
    self.connect = connect
  }

  func lend<Result>(_ body: (MLLPSender) -> Result) -> Result {
    let sender = state.withLock { $0.idle.popLast() } ?? make()
    defer { state.withLock { $0.idle.append(sender) } }
    return body(sender)
  }

  /// Closes all; one that is made later is closed from the start.
  func close() {
    let all = state.withLock { state in
      state.isClosed = true
      return state.all
    }
    for sender in all { sender.close() }
  }

  private func make() -> MLLPSender {
    let sender = connect()
    let isClosed = state.withLock { state in
      state.all.append(sender)
      return state.isClosed
    }
    if isClosed { sender.close() }
    return sender
  }
}
