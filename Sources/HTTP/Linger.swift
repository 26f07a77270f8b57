import CMicroHTTPD
import Foundation

/// Refused connections whose clients still send: reading on for a moment lets the refusal arrive,
/// where a plain close would reset the connection and destroy it (RFC 9112 section 9.6).
struct Linger {
  private static let most = 64
  private static let duration: Int64 = 1_000_000_000
  private var sockets: [(socket: Int32, until: Int64)] = []

  var isEmpty: Bool { sockets.isEmpty }

  /// Keeps a duplicate of the socket open, unless too many linger already.
  mutating func add(_ socket: Int32) {
    guard sockets.count < Self.most else { return }
    let copy = dup(socket)
    guard copy >= 0 else { return }
    shutdown(copy, Int32(SHUT_WR))
    sockets.append((copy, MonotonicClock.now + Self.duration))
  }

  /// Reads what has come and closes those that are done or have had their time.
  mutating func drain(at now: Int64) {
    sockets.removeAll { entry in
      guard entry.until > now, !Self.isDone(entry.socket) else {
        close(entry.socket)
        return true
      }
      return false
    }
  }

  private static func isDone(_ socket: Int32) -> Bool {
    withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { buffer in
      for _ in 0..<64 {
        let count = sluss_receive_now(socket, buffer.baseAddress, buffer.count)
        if count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR) { return true }
        if count < 0 { return false }
      }
      return false
    }
  }
}
