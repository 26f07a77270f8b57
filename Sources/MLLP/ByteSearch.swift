import Foundation

extension ArraySlice<UInt8> {
  /// The index of the first such byte; many megabytes take no noticeable time, in debug builds neither.
  func position(of byte: UInt8) -> Int? {
    withUnsafeBytes { raw in
      guard let base = raw.baseAddress, let found = memchr(base, Int32(byte), raw.count) else { return nil }
      return startIndex + (UnsafeRawPointer(found) - base)
    }
  }
}
