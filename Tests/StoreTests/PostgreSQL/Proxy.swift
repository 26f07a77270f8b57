import Foundation
import Synchronization

/// A network between a store and the tests' server: a TCP port that passes bytes on to the server's socket,
/// until it is cut.
final class Proxy: Sendable {
  struct Unopened: Error {}

  /// What becomes of a connection when a client's bytes hold some text for the first time.
  enum Trap {
    /// The server does not get them.
    case before
    /// The server gets them and answers, the client gets nothing of that.
    case after
    /// Neither gets anything any more, nor is told that the other has gone.
    case silence
    /// As after, and the network stays cut.
    case afterForLong
  }

  private struct State {
    var isCut = false
    var trap: (text: [UInt8], kind: Trap)?
    var sockets: Set<Int32> = []
  }

  let port: UInt16
  private let listener: Int32
  private let server: String
  private let state = Mutex(State())

  /// - Parameter server: the folder of the server's socket.
  init(to server: String) throws {
    self.server = server + "/.s.PGSQL.5432"
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isOpen = withUnsafeMutableBytes(of: &address) { bytes in
      guard let address = bytes.assumingMemoryBound(to: sockaddr.self).baseAddress else { return false }
      return bind(listener, address, size) == 0 && getsockname(listener, address, &size) == 0
    }
    guard isOpen, listen(listener, 64) == 0 else { throw Unopened() }
    self.listener = listener
    port = UInt16(bigEndian: address.sin_port)
    Thread.detachNewThread { [self] in accept() }
  }

  var place: String { "host=127.0.0.1 port=\(port) sslmode=disable" }

  /// Cuts all connections, and new ones as soon as they come.
  func cut() {
    state.withLock { $0.isCut = true }
    cutOnce()
  }

  func mend() {
    state.withLock { $0.isCut = false }
  }

  /// Cuts the connections of this moment.
  func cutOnce() {
    state.withLock { for each in $0.sockets { shutdown(each, Int32(SHUT_RDWR)) } }
  }

  func set(_ kind: Trap, at text: String) {
    state.withLock { $0.trap = (Array(text.utf8), kind) }
  }

  var isTrapSet: Bool { state.withLock { $0.trap != nil } }

  func close() {
    cut()
    shutdown(listener, Int32(SHUT_RDWR))
  }

  private func accept() {
    while case let client = Foundation.accept(listener, nil, nil), client >= 0 {
      guard !state.withLock({ $0.isCut }), let upstream = connect() else {
        Foundation.close(client)
        continue
      }
      let deafness = Deafness()
      state.withLock { $0.sockets.formUnion([client, upstream]) }
      let ended = DispatchGroup()
      for (from, to) in [(client, upstream), (upstream, client)] {
        ended.enter()
        Thread.detachNewThread { [self] in
          pass(from, to, isFromClient: from == client, deafness)
          ended.leave()
        }
      }
      ended.notify(queue: .global()) { [self] in
        state.withLock { $0.sockets.subtract([client, upstream]) }
        Foundation.close(client)
        Foundation.close(upstream)
      }
    }
    Foundation.close(listener)
  }

  private func connect() -> Int32? {
    let upstream = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: server.utf8) }
    let isConnected = withUnsafeBytes(of: &address) { bytes in
      guard let address = bytes.assumingMemoryBound(to: sockaddr.self).baseAddress else { return false }
      return Foundation.connect(upstream, address, socklen_t(bytes.count)) == 0
    }
    guard isConnected else {
      Foundation.close(upstream)
      return nil
    }
    return upstream
  }

  private func pass(_ from: Int32, _ to: Int32, isFromClient: Bool, _ deafness: Deafness) {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while case let count = recv(from, &buffer, buffer.count, 0), count > 0 {
      if isFromClient, let trap = trap(in: buffer[..<count]) {
        if trap == .before { break }
        if trap == .silence { deafness.isSilent.withLock { $0 = true } }
        deafness.isDeaf.withLock { $0 = true }
      }
      if deafness.isSilent.withLock({ $0 }) { continue }
      if !isFromClient, deafness.isDeaf.withLock({ $0 }) { break }
      guard send(to, buffer, count, Int32(MSG_NOSIGNAL)) == count else { break }
    }
    shutdown(from, Int32(SHUT_RDWR))
    shutdown(to, Int32(SHUT_RDWR))
  }

  private func trap(in bytes: ArraySlice<UInt8>) -> Trap? {
    state.withLock { state in
      guard let trap = state.trap, bytes.contains(trap.text) else { return nil }
      state.trap = nil
      if trap.kind == .afterForLong { state.isCut = true }
      return trap.kind
    }
  }
}

/// Whether a connection's answers are swallowed.
private final class Deafness: Sendable {
  let isDeaf = Mutex(false)
  let isSilent = Mutex(false)
}
