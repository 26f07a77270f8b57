import Cryptography

/// A proof that an entry is in a log, in one text file (C2SP tlog-proof, version 1).
public struct LogProof: Sendable, Equatable {
  /// The first line.
  public static let header = "c2sp.org/tlog-proof@v1"
  /// The entry's place, from 0.
  public let index: Int
  /// The hashes from the leaf's sibling up.
  public let hashes: [SHA256.Digest]
  /// The signed checkpoint.
  public let checkpoint: String
  /// What else the file carries, which nothing vouches for; the entry itself when Sluss writes it.
  public let extra: [UInt8]?

  /// A proof with these parts.
  public init(index: Int, hashes: [SHA256.Digest], checkpoint: String, extra: [UInt8]? = nil) {
    self.index = index
    self.hashes = hashes
    self.checkpoint = checkpoint
    self.extra = extra
  }

  /// Reads a file; nil when it is malformed.
  public init?(_ text: String) {
    var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[
      ...]
    guard lines.popFirst() == Self.header, var line = lines.popFirst() else { return nil }
    var extra: [UInt8]?
    if line.hasPrefix("extra ") {
      guard let bytes = Base64.decode(line.dropFirst(6)), let next = lines.popFirst() else { return nil }
      extra = bytes
      line = next
    }
    guard line.hasPrefix("index "), let index = Int(line.dropFirst(6)), index >= 0, "index \(index)" == line
    else {
      return nil
    }
    var hashes: [SHA256.Digest] = []
    while let line = lines.popFirst(), !line.isEmpty {
      guard let hash = Base64.decode(line).flatMap(SHA256.Digest.init(bytes:)) else { return nil }
      hashes.append(hash)
    }
    self.init(index: index, hashes: hashes, checkpoint: lines.joined(separator: "\n"), extra: extra)
  }

  /// The file's text.
  public var text: String {
    let head = [Self.header] + (extra.map { ["extra " + Base64.encode($0)] } ?? []) + ["index \(index)"]
    return (head + hashes.map { Base64.encode($0.bytes) } + [""]).map { $0 + "\n" }.joined() + checkpoint
  }

  /// Whether the proof shows that a log with one of the keys has the entry with that leaf's hash there.
  ///
  /// - Returns: the checkpoint that it was proved by, or nil.
  public func verify(leaf: SHA256.Digest, keys: [NoteKey]) -> Checkpoint? {
    guard let note = SignedNote(checkpoint), let checkpoint = Checkpoint(note.text),
      case .signed(let signers) = note.verify(keys),
      signers.contains(where: { $0.kind == .ed25519 && $0.name == checkpoint.origin }),
      MerkleTree.verifyInclusion(
        of: leaf, at: index, size: checkpoint.size, proof: hashes, root: checkpoint.root)
    else { return nil }
    return checkpoint
  }
}
