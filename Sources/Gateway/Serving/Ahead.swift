import Dispatch
import Foundation
import Synchronization

/// Work that goes on on a thread of its own until somebody needs what it makes.
final class Ahead<Made: Sendable, Failure: Error>: Sendable {
  private let made = Mutex<Result<Made, Failure>?>(nil)
  private let done = DispatchGroup()

  /// Begins.
  init(_ work: @escaping @Sendable () throws(Failure) -> Made) {
    done.enter()
    Thread.detachNewThread { [self] in
      let result = Result { () throws(Failure) in try work() }
      made.withLock { $0 = result }
      done.leave()
    }
  }

  /// What it made, once it has.
  func result() throws(Failure) -> Made {
    while true {
      done.wait()
      if let result = made.withLock({ $0 }) { return try result.get() }
    }
  }
}
