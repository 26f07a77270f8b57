// Keys and ranges as the store keeps them: one behind the other.

extension [HubKey] {
  var packed: [UInt8] {
    var packed: [UInt8] = []
    packed.reserveCapacity(count * HubKey.size)
    for key in self { packed += key.bytes }
    return packed
  }

  init(packed bytes: [UInt8]) {
    self = stride(from: 0, to: bytes.count, by: HubKey.size).compactMap { HubKey(bytes[$0...]) }
  }
}

extension [HubRange] {
  private static var size: Int { HubKey.size + 16 }

  var packed: [UInt8] {
    flatMap { $0.name.bytes + $0.times.lowerBound.bytes + $0.times.upperBound.bytes }
  }

  init(packed bytes: [UInt8]) {
    self = stride(from: 0, to: bytes.count, by: Self.size).compactMap { start in
      let end = start + HubKey.size
      guard let name = HubKey(bytes[start...]), bytes.count >= start + Self.size else { return nil }
      let (first, last) = (Int64(bytes: bytes[end...].prefix(8)), Int64(bytes: bytes[(end + 8)...].prefix(8)))
      return first <= last ? HubRange(name: name, times: first...last) : nil
    }
  }
}

extension Int64 {
  fileprivate var bytes: [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: self >> (56 - $0 * 8)) } }

  fileprivate init(bytes: some Sequence<UInt8>) {
    self = bytes.reduce(0) { $0 << 8 | Int64($1) }
  }
}
