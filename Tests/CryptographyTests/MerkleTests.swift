import Cryptography
import Testing

/// The tree of RFC 9162, against its definition written down anew and against the public reference tree.
struct MerkleTests {
  /// Section 2.1.1, word by word.
  private static func definition(_ leaves: ArraySlice<SHA256.Digest>) -> SHA256.Digest {
    guard leaves.count > 1 else { return leaves.first ?? SHA256.digest(of: []) }
    var k = 1
    while k * 2 < leaves.count { k *= 2 }
    let middle = leaves.startIndex + k
    return SHA256.digest(
      of: [1] + definition(leaves[..<middle]).bytes + definition(leaves[middle...]).bytes)
  }

  private static func leaves(_ count: Int) -> [SHA256.Digest] {
    (0..<count).map { MerkleTree.leaf(Array("entry \($0)".utf8)) }
  }

  private static func subtree(_ leaves: [SHA256.Digest]) -> (Int, Int) -> SHA256.Digest {
    { height, index in definition(leaves[index << height..<(index + 1) << height]) }
  }

  @Test(
    "The public reference tree comes out: leaves, levels and the root of each size",
    .enabled(if: ReferenceTree.stored != nil, "the merkle suite is not there"))
  func reference() throws {
    let tree = try #require(ReferenceTree.stored)
    let leaves = tree.leafInputsHex.map { MerkleTree.leaf(ReferenceTree.bytes($0)) }
    #expect(leaves.map(\.hexadecimal) == tree.nodeHashesByLevel[0])
    let tile = MerkleTile(leaves)
    for (height, level) in tree.nodeHashesByLevel.enumerated() {
      #expect(level.indices.map { tile.subtree(height: height, index: $0)?.hexadecimal } == level)
    }
    var frontier = MerkleFrontier()
    var roots = [frontier.root.hexadecimal]
    for leaf in leaves {
      frontier.append(leaf)
      roots.append(frontier.root.hexadecimal)
    }
    #expect(roots == tree.rootHashesBySize)
  }

  @Test("The frontier's root is that of the definition, by leaves and by whole subtrees")
  func frontier() {
    let leaves = Self.leaves(70)
    var frontier = MerkleFrontier()
    for (index, leaf) in leaves.enumerated() {
      frontier.append(leaf)
      #expect(frontier.root == Self.definition(leaves[...index]))
    }
    var leaps = MerkleFrontier()
    leaps.append(Self.definition(leaves[..<64]), height: 6)
    for leaf in leaves[64...] { leaps.append(leaf) }
    #expect(leaps == frontier)
  }

  @Test("Each entry of each tree has a proof, which proves it alone", arguments: [1, 2, 3, 7, 8, 13, 33])
  func inclusion(_ size: Int) {
    let leaves = Self.leaves(size)
    let root = Self.definition(leaves[...])
    for index in leaves.indices {
      let proof = MerkleTree.inclusionProof(of: index, inSize: size, subtree: Self.subtree(leaves))
      func verify(_ leaf: Int, _ index: Int, _ size: Int, _ proof: [SHA256.Digest]) -> Bool {
        MerkleTree.verifyInclusion(of: leaves[leaf], at: index, size: size, proof: proof, root: root)
      }
      #expect(verify(index, index, size, proof))
      #expect(!verify(index, index, size, proof + [root]))
      #expect(!verify(index, size, size, proof) && !verify(index, -1, size, proof))
      if !proof.isEmpty {
        #expect(!verify(index, index, size, Array(proof.dropLast())))
        #expect(!verify((index + 1) % size, index, size, proof))
        #expect(!verify(index, (index + 1) % size, size, proof))
      }
    }
  }

  @Test(
    "Each tree has a proof that it continues each smaller one, and no other has", arguments: [1, 2, 5, 8, 21])
  func consistency(_ size: Int) {
    let leaves = Self.leaves(size)
    let root = Self.definition(leaves[...])
    for first in 1...size {
      let old = Self.definition(leaves[..<first])
      let proof = MerkleTree.consistencyProof(from: first, toSize: size, subtree: Self.subtree(leaves))
      func verify(_ old: SHA256.Digest, _ new: SHA256.Digest, _ proof: [SHA256.Digest]) -> Bool {
        MerkleTree.verifyConsistency(
          first: first, firstRoot: old, second: size, secondRoot: new, proof: proof)
      }
      #expect(verify(old, root, proof))
      #expect(!verify(old, root, proof + [old]))
      #expect(!verify(MerkleTree.empty, root, proof) && !verify(old, MerkleTree.empty, proof))
      if !proof.isEmpty { #expect(!verify(old, root, Array(proof.dropLast()))) }
    }
  }

  @Test("A first size of nothing is refused, and so is one that is larger")
  func badSizes() {
    let empty = MerkleTree.empty
    #expect(
      !MerkleTree.verifyConsistency(first: 0, firstRoot: empty, second: 0, secondRoot: empty, proof: []))
    #expect(
      !MerkleTree.verifyConsistency(first: 0, firstRoot: empty, second: 1, secondRoot: empty, proof: []))
    #expect(
      !MerkleTree.verifyConsistency(first: 2, firstRoot: empty, second: 1, secondRoot: empty, proof: []))
  }

  @Test("Only 32 bytes are a hash, and only whole hashes a tile")
  func sizes() {
    #expect(SHA256.Digest(bytes: [UInt8](repeating: 0, count: 31)) == nil)
    #expect(SHA256.Digest(bytes: [UInt8](repeating: 0, count: 33)) == nil)
    #expect(MerkleTile(bytes: []) == nil && MerkleTile(bytes: [UInt8](repeating: 0, count: 33)) == nil)
    #expect(MerkleTile(bytes: [UInt8](repeating: 0, count: 257 * 32)) == nil)
    #expect(MerkleTile(bytes: [UInt8](repeating: 0, count: 256 * 32))?.isFull == true)
  }
}
