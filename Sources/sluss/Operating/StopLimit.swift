import Dispatch
import Foundation

/// Ends the process when its stop takes too long. Nothing is lost by that: what was acknowledged is on disk, and
/// what was being sent is sent again with the same key.
enum StopLimit {
  /// To be called when the stop begins.
  static func begin(_ limit: Duration) {
    let seconds = limit / .seconds(1)
    DispatchQueue.global().asyncAfter(deadline: .now() + seconds) {
      Console.complain("sluss could not stop within \(seconds) s and ends as it is; the next start goes on")
      _exit(1)
    }
  }
}
