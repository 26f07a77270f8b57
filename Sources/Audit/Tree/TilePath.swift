import Cryptography

/// Where a tile or a bundle of entries lies (C2SP tlog-tiles).
enum TilePath {
  /// `tile/L/N`, with `.p/W` for one that is not full.
  static func tile(level: Int, number: Int, width: Int) -> String {
    "tile/\(level)/" + place(number, width)
  }

  /// `tile/entries/N`, likewise.
  static func entries(number: Int, width: Int) -> String {
    "tile/entries/" + place(number, width)
  }

  private static func place(_ number: Int, _ width: Int) -> String {
    var parts = [three(number % 1000)]
    var rest = number / 1000
    while rest > 0 {
      parts.insert("x" + three(rest % 1000), at: 0)
      rest /= 1000
    }
    return parts.joined(separator: "/") + (width == MerkleTile.width ? "" : ".p/\(width)")
  }

  private static func three(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: 3 - digits.count) + digits
  }
}
