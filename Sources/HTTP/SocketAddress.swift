import Foundation

/// A numeric address and a port, in the kernel's form.
struct SocketAddress {
  private var storage = sockaddr_storage()

  /// Nil when the text is not a numeric IPv4 or IPv6 address.
  init?(_ text: String, port: UInt16) {
    var (v4, v6) = (in_addr(), in6_addr())
    if inet_pton(AF_INET, text, &v4) == 1 {
      var address = sockaddr_in()
      address.sin_family = UInt16(AF_INET)
      address.sin_port = port.bigEndian
      address.sin_addr = v4
      store(address)
    } else if inet_pton(AF_INET6, text, &v6) == 1 {
      var address = sockaddr_in6()
      address.sin6_family = UInt16(AF_INET6)
      address.sin6_port = port.bigEndian
      address.sin6_addr = v6
      store(address)
    } else {
      return nil
    }
  }

  func withPointer<Result>(_ body: (UnsafePointer<sockaddr>) -> Result) -> Result {
    withUnsafePointer(to: storage) { body(UnsafeRawPointer($0).assumingMemoryBound(to: sockaddr.self)) }
  }

  private mutating func store<Address>(_ address: Address) {
    withUnsafeMutableBytes(of: &storage) { $0.storeBytes(of: address, as: Address.self) }
  }
}
