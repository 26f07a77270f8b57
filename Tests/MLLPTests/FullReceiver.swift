import Foundation

/// A listening socket that accepts nobody and whose queue is full, so that connecting to it never ends.
final class FullReceiver {
  private let listening = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  private let waiting: [Int32]
  let port: UInt16

  init() {
    var address = sockaddr_in()
    address.sin_family = UInt16(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    waiting = withUnsafeMutablePointer(to: &address) { [listening] in
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        _ = bind(listening, pointer, size)
        _ = listen(listening, 0)
        _ = getsockname(listening, pointer, &size)
        return (0..<4).map { _ in
          let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
          _ = connect(descriptor, pointer, size)
          return descriptor
        }
      }
    }
    port = UInt16(bigEndian: address.sin_port)
  }

  deinit {
    for descriptor in waiting + [listening] { close(descriptor) }
  }
}
