/// A generator that gives the same for the same seed (SplitMix64), so that a failure can be had again.
struct Randomness: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// Bytes of which many mean something to the protocol.
  mutating func protocolBytes(_ count: Int) -> [UInt8] {
    let telling: [UInt8] = [0x0B, 0x0B, 0x1C, 0x0D, 0x0A] + Array("MSH|^~\\&MSA".utf8)
    return (0..<count).map { _ in
      Bool.random(using: &self)
        ? telling.randomElement(using: &self) ?? 0 : UInt8.random(in: 0...255, using: &self)
    }
  }
}
