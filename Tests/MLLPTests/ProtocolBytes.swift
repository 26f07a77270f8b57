import TestRig

extension Seeded {
  /// Bytes of which many mean something to the protocol.
  mutating func protocolBytes(_ count: Int) -> [UInt8] {
    let telling: [UInt8] = [0x0B, 0x0B, 0x1C, 0x0D, 0x0A] + Array("MSH|^~\\&MSA".utf8)
    return (0..<count).map { _ in
      Bool.random(using: &self)
        ? telling.randomElement(using: &self) ?? 0 : UInt8.random(in: 0...255, using: &self)
    }
  }
}
