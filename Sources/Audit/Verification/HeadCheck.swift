import Cryptography

/// A checkpoint, and where it comes from.
struct Head {
  let name: String
  let checkpoint: Checkpoint
}

/// Compares roots that were signed with the tree as it grows.
struct HeadCheck {
  private var heads: [Head] = []
  private var next = 0
  /// The size of the last tree that was right.
  private var right = 0

  /// All heads come before the first entry.
  mutating func add(_ checkpoint: Checkpoint, _ name: String) {
    heads.append(Head(name: name, checkpoint: checkpoint))
  }

  mutating func start() {
    heads.sort { $0.checkpoint.size < $1.checkpoint.size }
  }

  /// The smallest size that is still to be compared; nil for none.
  var nextSize: Int? { next < heads.count ? heads[next].checkpoint.size : nil }

  /// To be called for each size of the tree that is ``nextSize``.
  mutating func compare(_ tree: MerkleFrontier, _ verification: inout Verification) {
    while next < heads.count, heads[next].checkpoint.size <= tree.size {
      let head = heads[next]
      next += 1
      compare(head, tree, &verification)
    }
  }

  /// Compares one that was not added.
  mutating func compare(_ head: Head, _ tree: MerkleFrontier, _ verification: inout Verification) {
    guard head.checkpoint.size == tree.size else { return }
    verification.checkpoints += 1
    if head.checkpoint.root == tree.root {
      right = tree.size
    } else {
      verification.add(
        "entries \(right) to \(max(right, tree.size - 1)): one of them is not what \(head.name) was signed for",
        entry: verification.firstWrongEntry(before: tree.size) ?? right)
    }
  }

  /// To be called after the last entry.
  func finish(_ tree: MerkleFrontier, _ verification: inout Verification) {
    for head in heads[next...] { Self.complain(head, tree, &verification) }
  }

  static func complain(_ head: Head, _ tree: MerkleFrontier, _ verification: inout Verification) {
    verification.add(
      "entry \(tree.size) and later are missing: \(head.name) was signed for \(head.checkpoint.size) entries",
      entry: tree.size)
  }
}
