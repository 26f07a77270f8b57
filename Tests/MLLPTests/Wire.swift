import Foundation
import MLLP

/// A plain TCP connection to the loopback address that sends and receives exactly what a test says.
final class Wire {
  let socket: Int32
  private var reader = MLLPBlockReader(maximumBytes: 1 << 24)
  private var received: ArraySlice<UInt8> = []

  init(port: UInt16) throws {
    socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = UInt16(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else {
      close(socket)
      throw POSIXError(.ECONNREFUSED)
    }
    setPatience()
  }

  /// The server's side of a connection.
  init(accepted: Int32) {
    socket = accepted
    setPatience()
  }

  deinit {
    close(socket)
  }

  private func setPatience() {
    var patience = timeval(tv_sec: 300, tv_usec: 0)
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    var yes: Int32 = 1
    setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
  }

  /// Sends the text; false when the peer has closed.
  @discardableResult
  func send(_ text: String) -> Bool {
    send(Array(text.utf8))
  }

  @discardableResult
  func send(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Foundation.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// The next block's text; nil when the peer closed, or was silent for five minutes, instead.
  func block() -> String? {
    while true {
      if let message = try? reader.next(&received) { return String(decoding: message, as: UTF8.self) }
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      let count = recv(socket, &buffer, buffer.count, 0)
      guard count > 0 else { return nil }
      received = buffer[..<count]
    }
  }

  /// Whether the peer closes the connection, saying nothing more.
  func isClosed() -> Bool {
    var byte: UInt8 = 0
    let count = recv(socket, &byte, 1, 0)
    return received.isEmpty && (count == 0 || (count < 0 && errno == ECONNRESET))
  }

  /// Whether nothing comes for a while; the connection stays open.
  func isSilent(milliseconds: Int32 = 150) -> Bool {
    var entry = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
    return poll(&entry, 1, milliseconds) == 0
  }

  /// Whether something has come, be it the close.
  var hasNews: Bool { !isSilent(milliseconds: 0) }

  func endWriting() {
    shutdown(socket, Int32(SHUT_WR))
  }
}

/// The block of a text.
func block(_ text: String) -> String {
  "\u{0B}\(text)\u{1C}\r"
}
