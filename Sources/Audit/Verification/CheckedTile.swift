import Cryptography

/// What checking the entries of one tile, 256 of them, came to.
struct CheckedTile: Sendable {
  /// The first entry's number.
  let first: Int
  /// The hashes of the entries, as many as are there.
  var leaves = MerkleTile()
  /// What they hash to; nil unless all are there.
  var root: SHA256.Digest?
  /// The entries that were read; none where they are archived.
  var entries = 0
  var findings: [Finding] = []
  /// Whether no entry behind them counts: the log ends, or one is missing.
  var isLast = false

  init(number: Int) { first = number << MerkleTile.height }

  var end: Int { first + leaves.hashes.count }

  mutating func add(_ text: String, entry: Int?) { findings.append(Finding(entry: entry, text: text)) }

  /// Compares with the tile that is stored, when it is a whole one.
  mutating func compare(with stored: [UInt8]?) {
    guard leaves.isFull else { return }
    root = leaves.root
    if let finding = Finding(leaves, level: 0, number: first >> MerkleTile.height, stored) {
      findings.append(finding)
    }
  }
}

extension Finding {
  /// What is wrong with a stored tile; nil for nothing.
  init?(_ right: MerkleTile, level: Int, number: Int, _ stored: [UInt8]?) {
    guard let stored else {
      self.init(entry: nil, text: "tile \(level)/\(number) is missing")
      return
    }
    guard let place = right.firstDifference(from: stored.span) else { return nil }
    let first = (number << MerkleTile.height + place) << (MerkleTile.height * level)
    self.init(entry: first, text: "entry \(first): it is not what its tile says")
  }
}
