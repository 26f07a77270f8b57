import Foundation

/// A TCP server on the loopback address whose connections a test serves by hand, each on a thread.
final class Receiver: Sendable {
  private let listening: Int32
  let port: UInt16
  /// The numbers of the connections that it has closed.
  let closed: Journal<Int>

  /// Serves each connection with the closure, which is told how many came before it.
  init(serve: @escaping @Sendable (Wire, Int) -> Void) {
    let listening = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = UInt16(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = bind(listening, $0, size)
        _ = listen(listening, 64)
        _ = getsockname(listening, $0, &size)
      }
    }
    self.listening = listening
    port = UInt16(bigEndian: address.sin_port)
    let closed = Journal<Int>()
    self.closed = closed
    Thread.detachNewThread {
      for number in 0... {
        let descriptor = accept(listening, nil, nil)
        guard descriptor >= 0 else { return }
        Thread.detachNewThread {
          serve(Wire(accepted: descriptor), number)
          closed.note(number)
        }
      }
    }
  }

  deinit {
    shutdown(listening, Int32(SHUT_RDWR))
    close(listening)
  }
}
