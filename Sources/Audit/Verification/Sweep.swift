import Dispatch
import Foundation
import Synchronization

/// Work that falls into pieces, done on all cores.
enum Sweep {
  /// How many threads are worth it.
  static var workers: Int { max(1, ProcessInfo.processInfo.activeProcessorCount) }
  /// Pieces that each worker may be ahead of the one who takes what comes of them.
  private static let ahead = 64

  /// Does the pieces, and hands on what comes of them in their order until `take` wants no more. The first failure in
  /// that order ends it.
  ///
  /// - Parameter work: gets the piece, and the worker's number from 0; one worker does one piece at a time.
  static func run<Value: Sendable, Failure: Error>(
    _ pieces: Range<Int>, workers: Int = workers,
    _ work: @Sendable (_ piece: Int, _ worker: Int) throws(Failure) -> Value,
    take: (Value) throws(Failure) -> Bool
  ) throws(Failure) {
    var next = pieces.lowerBound
    while next < pieces.upperBound {
      let end = next + min(pieces.upperBound - next, workers * ahead)
      for result in wave(next..<end, workers, work) {
        guard let result, try take(result.get()) else { return }
      }
      next = end
    }
  }

  private static func wave<Value: Sendable, Failure: Error>(
    _ pieces: Range<Int>, _ workers: Int, _ work: @Sendable (Int, Int) throws(Failure) -> Value
  ) -> [Result<Value, Failure>?] {
    let results = Mutex<[Result<Value, Failure>?]>(Array(repeating: nil, count: pieces.count))
    let next = Atomic(pieces.lowerBound)
    DispatchQueue.concurrentPerform(iterations: min(workers, pieces.count)) { worker in
      while true {
        let piece = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard piece < pieces.upperBound else { return }
        let result = Result { () throws(Failure) in try work(piece, worker) }
        results.withLock { $0[piece - pieces.lowerBound] = result }
      }
    }
    return results.withLock { $0 }
  }
}
