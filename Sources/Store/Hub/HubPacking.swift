// Keys and ranges as the store keeps them: one behind the other.

extension [HubKey] {
  var packed: [UInt8] {
    var packed: [UInt8] = []
    packed.reserveCapacity(count * HubKey.size)
    for key in self { packed.append(key) }
    return packed
  }

  init(packed bytes: [UInt8]) {
    self = stride(from: 0, to: bytes.count, by: HubKey.size).compactMap { HubKey(bytes[$0...]) }
  }
}

extension [HubRange] {
  private static var size: Int { HubKey.size + 16 }

  var packed: [UInt8] {
    var packed: [UInt8] = []
    packed.reserveCapacity(count * Self.size)
    for range in self {
      packed.append(range.name)
      packed.append(range.times.lowerBound)
      packed.append(range.times.upperBound)
    }
    return packed
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

extension [UInt8] {
  fileprivate mutating func append(_ key: HubKey) {
    Swift.withUnsafeBytes(of: (key.high.bigEndian, key.low.bigEndian)) { append(contentsOf: $0) }
  }

  fileprivate mutating func append(_ time: Int64) {
    Swift.withUnsafeBytes(of: time.bigEndian) { append(contentsOf: $0) }
  }
}

extension Int64 {
  fileprivate init(bytes: some Sequence<UInt8>) {
    self = bytes.reduce(0) { $0 << 8 | Int64($1) }
  }
}
