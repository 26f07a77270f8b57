import Foundation

/// An address and a port, in the kernel's form.
struct SocketAddress {
  private var storage = sockaddr_storage()
  private var length = socklen_t(0)

  /// Nil when the text is not a numeric IPv4 or IPv6 address.
  init?(_ text: String, port: UInt16) {
    guard let first = Self.resolve(text, port: port, flags: AI_NUMERICHOST).first else { return nil }
    self = first
  }

  /// The addresses of a host, in the resolver's order; none when it has none or nobody answers.
  ///
  /// Blocks for as long as the resolver's own time limits say.
  static func all(of host: String, port: UInt16) -> [SocketAddress] {
    resolve(host, port: port, flags: 0)
  }

  /// Calls the body with room for an address, and takes what it put there; nil when it says false.
  init?(from fill: (UnsafeMutablePointer<sockaddr>, inout socklen_t) -> Bool) {
    var room = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let isFilled = withUnsafeMutableBytes(of: &storage) { raw in
      raw.baseAddress.map { fill($0.assumingMemoryBound(to: sockaddr.self), &room) } ?? false
    }
    guard isFilled else { return nil }
    length = room
  }

  private init(_ found: addrinfo) {
    length = found.ai_addrlen
    withUnsafeMutableBytes(of: &storage) { raw in
      if let address = found.ai_addr {
        raw.copyMemory(from: UnsafeRawBufferPointer(start: address, count: Int(found.ai_addrlen)))
      }
    }
  }

  var family: Int32 { Int32(storage.ss_family) }

  func withPointer<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
    withUnsafePointer(to: storage) {
      body(UnsafeRawPointer($0).assumingMemoryBound(to: sockaddr.self), length)
    }
  }

  /// The numeric form; an IPv4 address that came over an IPv6 socket is written as IPv4.
  var peer: MLLPPeer {
    var (host, port) = ([CChar](repeating: 0, count: 64), [CChar](repeating: 0, count: 8))
    let result = withPointer {
      getnameinfo($0, $1, &host, socklen_t(64), &port, socklen_t(8), NI_NUMERICHOST | NI_NUMERICSERV)
    }
    guard result == 0 else { return MLLPPeer(address: "", port: 0) }
    let (address, number) = (Self.text(host), Self.text(port))
    let mapped = "::ffff:"
    let isMapped = address.hasPrefix(mapped) && address.contains(".")
    return MLLPPeer(
      address: isMapped ? String(address.dropFirst(mapped.count)) : address, port: UInt16(number) ?? 0)
  }

  private static func text(_ characters: [CChar]) -> String {
    String(decoding: characters.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  private static func resolve(_ host: String, port: UInt16, flags: Int32) -> [SocketAddress] {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    hints.ai_flags = flags | AI_NUMERICSERV
    var list: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, String(port), &hints, &list) == 0 else { return [] }
    defer { freeaddrinfo(list) }
    return sequence(first: list, next: { $0?.pointee.ai_next }).prefix { $0 != nil }
      .compactMap { $0.map { SocketAddress($0.pointee) } }
  }
}
