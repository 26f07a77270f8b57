import Foundation
import Synchronization

/// A TCP server on the loopback address that does on each connection exactly what a test says; it closes
/// the connection when the test's function returns.
final class RawServer: Sendable {
  let port: UInt16
  private let listener: Int32
  private let serve: @Sendable (RawConnection) -> Void
  private let state = Mutex((connections: 0, requests: [String]()))

  /// How many connections there have been.
  var connections: Int { state.withLock { $0.connections } }
  /// The requests as they came over the wire, complete ones only.
  var requests: [String] { state.withLock { $0.requests } }

  init(_ serve: @escaping @Sendable (RawConnection) -> Void) throws {
    self.serve = serve
    listener = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = UInt16(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let listener = listener
    let isListening = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, length) == 0 && listen(listener, 256) == 0
          && getsockname(listener, $0, &length) == 0
      }
    }
    port = UInt16(bigEndian: address.sin_port)
    guard isListening else { throw POSIXError(.EADDRINUSE) }
    Thread.detachNewThread { [weak self] in
      while case let socket = accept(listener, nil, nil), socket >= 0 {
        guard let self else {
          close(socket)
          break
        }
        begin(socket)
      }
      close(listener)
    }
  }

  /// The thread that accepts closes the socket, or it might accept another test's connections from a new
  /// socket of the same number.
  deinit {
    shutdown(listener, Int32(SHUT_RDWR))
  }

  private func begin(_ socket: Int32) {
    state.withLock { $0.connections += 1 }
    Thread.detachNewThread { [serve, weak self] in
      serve(RawConnection(socket: socket) { request in self?.state.withLock { $0.requests.append(request) } })
      close(socket)
    }
  }

  func url(_ path: String = "/") -> String { "http://127.0.0.1:\(port)\(path)" }
}

/// One connection of a ``RawServer``, used on its own thread only.
struct RawConnection {
  let socket: Int32
  let record: (String) -> Void

  /// The next request with a body as long as its header says; nil when the client has closed.
  func request() -> String? {
    var bytes: [UInt8] = []
    while !isWhole(bytes) {
      var byte: UInt8 = 0
      guard recv(socket, &byte, 1, 0) == 1 else { return nil }
      bytes.append(byte)
    }
    let text = String(decoding: bytes, as: UTF8.self)
    record(text)
    return text
  }

  /// False when the client has closed.
  @discardableResult
  func send(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.send(socket, $0.baseAddress, $0.count, 0x4000) }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  @discardableResult
  func send(_ text: String) -> Bool {
    send(Array(text.utf8))
  }

  /// Waits, saying nothing, until the client closes.
  func awaitClose() {
    var byte: UInt8 = 0
    while recv(socket, &byte, 1, 0) == 1 {}
  }

  private func isWhole(_ bytes: [UInt8]) -> Bool {
    guard let blank = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return false }
    let header = String(decoding: bytes[..<blank.lowerBound], as: UTF8.self).lowercased()
    let length = header.split(separator: "content-length: ").dropFirst().first?.prefix { $0.isNumber }
    return bytes.count - blank.upperBound >= length.flatMap { Int($0) } ?? 0
  }
}
