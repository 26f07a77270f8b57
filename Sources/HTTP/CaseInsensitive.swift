extension StringProtocol {
  /// Whether both are the same when ASCII letters count without case (RFC 9110 section 5.1).
  func equalsIgnoringCase(_ other: some StringProtocol) -> Bool {
    let (left, right) = (utf8, other.utf8)
    return left.count == right.count && zip(left, right).allSatisfy { $0.asciiLowercase == $1.asciiLowercase }
  }
}

extension UInt8 {
  var asciiLowercase: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
}
