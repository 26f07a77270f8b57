import Foundation
import Synchronization

/// Where other threads leave what the listener's thread is to do; leaving something wakes it.
final class Mailbox: Sendable {
  struct Letters {
    var answers: [(connection: UInt64, answer: Answer)] = []
    var isStopping = false
  }

  private let letters = Mutex(Letters())
  private let outside: Socket
  /// Readable when there is something to take.
  let bell: Socket

  /// Nil when the system has no sockets left, see `errno`.
  init?() {
    var pair: [Int32] = [0, 0]
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &pair) == 0 else { return nil }
    (outside, bell) = (Socket(pair[0]), Socket(pair[1]))
  }

  func post(_ answer: Answer, to connection: UInt64) {
    letters.withLock { $0.answers.append((connection, answer)) }
    ring()
  }

  func postStop() {
    letters.withLock { $0.isStopping = true }
    ring()
  }

  /// Takes the answers that are there, and the bell's ringing before them, so that none goes unnoticed.
  func take() -> Letters {
    withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { _ = bell.receive(into: $0) }
    return letters.withLock { letters in
      defer { letters.answers = [] }
      return letters
    }
  }

  /// A full buffer rings as well as one byte does.
  private func ring() {
    _ = outside.send([0])
  }
}
