import Foundation

/// One block on its way over one connection, and the answer to it.
struct SentBlock {
  enum Failure: Error {
    case timeOut
    case lost
    case notABlock(MLLPViolation)
  }

  let socket: Socket
  private var unsent: ArraySlice<UInt8>
  private let deadline: Int64
  private(set) var hasBegun = false

  init(_ block: [UInt8], over socket: Socket, until deadline: Int64) {
    self.socket = socket
    self.deadline = deadline
    unsent = block[...]
  }

  /// Whether a part has left that is not the whole.
  var isPartial: Bool { hasBegun && !unsent.isEmpty }

  /// Sends it all and waits for one block.
  mutating func exchange(maximumAnswerBytes: Int) throws(Failure) -> (answer: [UInt8], isClean: Bool) {
    while !unsent.isEmpty { try sendMore() }
    var reader = MLLPBlockReader(maximumBytes: maximumAnswerBytes)
    while true {
      var bytes = try receive()
      do throws(MLLPViolation) {
        guard let answer = try reader.next(&bytes) else { continue }
        return (answer, bytes.allSatisfy(MLLPBlock.isFiller))
      } catch {
        throw .notABlock(error)
      }
    }
  }

  private mutating func sendMore() throws(Failure) {
    switch socket.send(unsent) {
    case .bytes(let count):
      hasBegun = hasBegun || count > 0
      unsent = unsent.dropFirst(count)
    case .nothing: try wait(POLLOUT)
    case .ended, .broken: throw .lost
    }
  }

  private func receive() throws(Failure) -> ArraySlice<UInt8> {
    var bytes: [UInt8] = []
    while true {
      try wait(POLLIN)
      switch socket.receive(into: &bytes) {
      case .bytes: return bytes[...]
      case .nothing: continue
      case .ended, .broken: throw .lost
      }
    }
  }

  private func wait(_ events: Int32) throws(Failure) {
    guard MonotonicClock.now < deadline, Polling.wait(for: socket, events, until: deadline) else {
      throw .timeOut
    }
  }
}
