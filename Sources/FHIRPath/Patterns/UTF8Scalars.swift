extension UnsafeBufferPointer<UInt8> {
  /// The UTF-8 character at a place before the end, and how many bytes it has.
  ///
  /// What is no UTF-8 counts as U+FFFD, byte by byte.
  @inline(__always)
  func scalar(at place: Int) -> (scalar: UInt32, width: Int) {
    let first = self[place]
    return first < 0x80 ? (UInt32(first), 1) : longScalar(at: place, first)
  }

  private func longScalar(at place: Int, _ first: UInt8) -> (scalar: UInt32, width: Int) {
    let width = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    guard first >= 0xC2, first < 0xF5, place + width <= count else { return (0xFFFD, 1) }
    var value = UInt32(first & (0x7F >> UInt8(width)))
    for index in place + 1..<place + width {
      guard self[index] & 0xC0 == 0x80 else { return (0xFFFD, 1) }
      value = value << 6 | UInt32(self[index] & 0x3F)
    }
    return (value, width)
  }
}
