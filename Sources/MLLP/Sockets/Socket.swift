import Cryptography
import Foundation

/// A TCP socket that never blocks, with or without TLS; it closes when nobody keeps it any more.
final class Socket: Sendable {
  /// What came of reading or writing.
  enum Transfer: Equatable {
    case bytes(Int)
    /// Not now.
    case nothing
    /// The peer has closed its side.
    case ended
    /// The connection is broken, with the system's error number.
    case broken(Int32)
  }

  let descriptor: Int32
  /// What the bytes go through; nil for plain TCP. Used by whoever reads and writes, one thread at a time.
  let session: TLSSession?

  /// Takes the descriptor over.
  init(_ descriptor: Int32, session: TLSSession? = nil) {
    self.descriptor = descriptor
    self.session = session
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  }

  deinit {
    close(descriptor)
  }

  /// A new one for addresses of that family; nil when the system has none left, see `errno`.
  /// - Parameter secure: makes the session of a descriptor, if there is to be one.
  static func make(_ family: Int32, secure: (Int32) -> TLSSession? = { _ in nil }) -> Socket? {
    let descriptor = socket(family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    return descriptor < 0 ? nil : Socket(descriptor, session: secure(descriptor))
  }

  func set(_ level: Int32, _ option: Int32, _ value: Int32) {
    var value = value
    setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
  }

  /// Small blocks leave at once, and a peer that vanished is noticed in the end.
  func setForBlocks() {
    set(Int32(IPPROTO_TCP), TCP_NODELAY, 1)
    set(SOL_SOCKET, SO_KEEPALIVE, 1)
  }

  func receive(into buffer: UnsafeMutableRawBufferPointer) -> Transfer {
    if let session { return Transfer(session.receive(into: buffer)) }
    while true {
      let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
      if count > 0 { return .bytes(count) }
      if count == 0 { return .ended }
      if errno != EINTR { return Self.failure(errno) }
    }
  }

  /// The bytes that are there now, up to 64 KiB.
  func receive(into bytes: inout [UInt8]) -> Transfer {
    var transfer = Transfer.nothing
    bytes = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
      transfer = receive(into: UnsafeMutableRawBufferPointer(buffer))
      if case .bytes(let received) = transfer { count = received }
    }
    return transfer
  }

  func send(_ bytes: ArraySlice<UInt8>) -> Transfer {
    if let session { return Transfer(session.send(bytes)) }
    while true {
      let count = bytes.withUnsafeBytes {
        Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count >= 0 { return .bytes(count) }
      if errno != EINTR { return Self.failure(errno) }
    }
  }

  /// Whether bytes wait to be read, which a close would answer by a reset.
  var hasUnread: Bool {
    var byte: UInt8 = 0
    return recv(descriptor, &byte, 1, Int32(MSG_PEEK)) > 0
  }

  func endWriting() {
    session?.end()
    shutdown(descriptor, Int32(SHUT_WR))
  }

  /// Ends both ways at once; whoever waits for the socket wakes.
  func interrupt() {
    shutdown(descriptor, Int32(SHUT_RDWR))
  }

  /// Makes the coming close a reset, so that no peer takes what it has of a block for the whole.
  func resetOnClose() {
    var setting = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &setting, socklen_t(MemoryLayout<linger>.size))
  }

  private static func failure(_ number: Int32) -> Transfer {
    number == EAGAIN || number == EWOULDBLOCK ? .nothing : .broken(number)
  }
}

extension Socket.Transfer {
  fileprivate init(_ transfer: TLSSession.Transfer) {
    self =
      switch transfer {
      case .bytes(let count): .bytes(count)
      case .nothing: .nothing
      case .ended: .ended
      case .broken: .broken(EPROTO)
      }
  }
}
