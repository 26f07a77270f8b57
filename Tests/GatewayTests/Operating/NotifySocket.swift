import Foundation

/// A datagram socket such as systemd gives its services, and what comes in at it.
final class NotifySocket {
  let path = NSTemporaryDirectory() + "notify-" + UUID().uuidString.prefix(8)
  private let descriptor: Int32

  init() throws {
    descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let bound = withUnsafeBytes(of: address) { bytes in
      bytes.baseAddress.map {
        bind(descriptor, $0.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count))
      } ?? -1
    }
    var patience = timeval(tv_sec: 300, tv_usec: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    guard bound == 0 else { throw POSIXError(.EADDRINUSE) }
  }

  deinit {
    close(descriptor)
    unlink(path)
  }

  /// Waits for a message with this line; all lines that came until then. Nil when it does not come.
  func lines(until wished: String) -> [String]? {
    var all: [String] = []
    while true {
      var buffer = [UInt8](repeating: 0, count: 4096)
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { return nil }
      let lines = String(decoding: buffer[..<count], as: UTF8.self).split(separator: "\n").map(String.init)
      all += lines
      if lines.contains(wished) { return all }
    }
  }
}
