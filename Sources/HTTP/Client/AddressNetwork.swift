extension HTTPClientPolicy.Network {
  /// The network that an address of 4 or 16 bytes is in; nil for addresses that no request may go to:
  /// link-local ones, where clouds keep their secrets, multicast and reserved ones (RFC 6890).
  init?(address: [UInt8]) {
    switch address.count {
    case 4: self.init(v4: address)
    case 16: self.init(v6: address)
    default: return nil
    }
  }

  private init?(v4 address: [UInt8]) {
    switch (address[0], address[1]) {
    case (127, _): self = .loopback
    case (10, _), (172, 16...31), (192, 168), (100, 64...127): self = .private
    case (0, _), (169, 254), (224..., _): return nil
    default: self = .public
    }
  }

  private init?(v6 address: [UInt8]) {
    if let embedded = Self.embeddedV4(address) {
      self.init(v4: embedded)
      return
    }
    if address == [UInt8](repeating: 0, count: 15) + [1] {
      self = .loopback
      return
    }
    switch address[0] {
    case 0xFC, 0xFD: self = .private
    case 0x20...0x3F: self = .public
    default: return nil
    }
  }

  /// An IPv4 address in the guise of IPv6: mapped (RFC 4291 section 2.5.5.2), translated (RFC 6052
  /// section 2.1) or behind 6to4 (RFC 3056 section 2).
  private static func embeddedV4(_ address: [UInt8]) -> [UInt8]? {
    let mapped = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]
    let translated: [UInt8] = [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]
    if address.starts(with: mapped) || address.starts(with: translated) { return Array(address[12...]) }
    return address.starts(with: [0x20, 0x02]) ? Array(address[2..<6]) : nil
  }
}
