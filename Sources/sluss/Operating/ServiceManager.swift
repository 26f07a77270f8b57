import Foundation

/// Tells systemd how the program is, as `sd_notify(3)` describes it: a datagram to the socket that the
/// environment names. Without one nothing is told.
struct ServiceManager: Sendable {
  private let address: [UInt8]
  /// How long it may stay silent before it is taken for dead; nil when nobody watches.
  let watchdog: Duration?

  /// - Parameter environment: the process's.
  init(_ environment: [String: String] = ProcessInfo.processInfo.environment) {
    address = Self.address(environment["NOTIFY_SOCKET"] ?? "")
    let isMeant = environment["WATCHDOG_PID"].map { Int32($0) == getpid() } ?? true
    let micros = environment["WATCHDOG_USEC"].flatMap { Int64($0) }.flatMap { $0 > 0 ? $0 : nil }
    watchdog = isMeant && !address.isEmpty ? micros.map { .microseconds($0) } : nil
  }

  /// It takes messages.
  func ready() { send("READY=1\nSTATUS=takes messages") }
  /// It stops.
  func stopping() { send("STOPPING=1\nSTATUS=finishes what is under way") }
  /// It is alive.
  func alive() { send("WATCHDOG=1") }

  private func send(_ text: String) {
    guard !address.isEmpty else { return }
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    let bytes = Array(text.utf8)
    _ = address.withUnsafeBytes { address in
      address.baseAddress.map {
        sendto(
          descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL),
          $0.assumingMemoryBound(to: sockaddr.self), socklen_t(address.count))
      }
    }
  }

  /// A `sockaddr_un` in bytes; empty for what is no path and no abstract name (unix(7)).
  private static func address(_ name: String) -> [UInt8] {
    var path = Array(name.utf8)
    guard let first = path.first, first == UInt8(ascii: "/") || first == UInt8(ascii: "@"), path.count < 108
    else { return [] }
    if first == UInt8(ascii: "@") { path[0] = 0 } else { path.append(0) }
    let family = withUnsafeBytes(of: sa_family_t(AF_UNIX)) { Array($0) }
    return family + path
  }
}
