extension MerkleTree {
  /// The hashes that show that the tree of `size` leaves begins with the tree of `first` (RFC 9162, section
  /// 2.1.4.1).
  ///
  /// - Parameter first: from 1 to `size`.
  public static func consistencyProof<Failure>(
    from first: Int, toSize size: Int, subtree: Subtree<Failure>
  ) throws(Failure) -> [SHA256.Digest] {
    precondition(first > 0 && first <= size, "a proof leads from a tree that has leaves to a larger one")
    return try subproof(first, 0..<size, isWhole: true, subtree)
  }

  /// Whether a proof shows that the first tree is the beginning of the second (RFC 9162, section 2.1.4.2).
  /// The empty tree is a beginning of every one, which proves nothing: a first size of 0 is refused.
  public static func verifyConsistency(
    first: Int, firstRoot: SHA256.Digest, second: Int, secondRoot: SHA256.Digest, proof: [SHA256.Digest]
  ) -> Bool {
    guard first > 0, first <= second else { return false }
    guard first < second else { return proof.isEmpty && firstRoot == secondRoot }
    var rest = first & (first - 1) == 0 ? [firstRoot] + proof : proof
    guard !rest.isEmpty else { return false }
    var old = first - 1
    var new = second - 1
    while old & 1 == 1 {
      old >>= 1
      new >>= 1
    }
    var oldHash = rest.removeFirst()
    var newHash = oldHash
    for hash in rest {
      guard new > 0 else { return false }
      if old & 1 == 1 || old == new {
        oldHash = node(hash, oldHash)
        newHash = node(hash, newHash)
        while old & 1 == 0 && old != 0 {
          old >>= 1
          new >>= 1
        }
      } else {
        newHash = node(newHash, hash)
      }
      old >>= 1
      new >>= 1
    }
    return new == 0 && oldHash == firstRoot && newHash == secondRoot
  }

  /// - Parameter isWhole: whether the first tree is known, so that its root need not be told.
  private static func subproof<Failure>(
    _ first: Int, _ leaves: Range<Int>, isWhole: Bool, _ subtree: Subtree<Failure>
  ) throws(Failure) -> [SHA256.Digest] {
    if first == leaves.count { return isWhole ? [] : [try hash(leaves, subtree)] }
    let width = split(leaves.count)
    let left = leaves.lowerBound..<leaves.lowerBound + width
    let right = left.upperBound..<leaves.upperBound
    return first <= width
      ? try subproof(first, left, isWhole: isWhole, subtree) + [try hash(right, subtree)]
      : try subproof(first - width, right, isWhole: false, subtree) + [try hash(left, subtree)]
  }
}
