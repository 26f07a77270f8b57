import Cryptography
import Foundation

/// Checks a package by its own files alone, and names the first entry that is wrong.
public struct PackageVerifier: Sendable {
  private let files: PackageFolder
  private let trusted: [NoteKey]

  /// A verifier of a folder.
  ///
  /// - Parameter trusted: the log's public keys as they are known from elsewhere; when empty, those of the
  ///   package are taken, and what is proved is only that the package is whole.
  public init(_ folder: String, trusted: [NoteKey] = []) {
    files = PackageFolder(folder)
    self.trusted = trusted
  }

  /// Checks everything.
  public func verify() -> Verification {
    var verification = Verification()
    guard let keys = keys(&verification) else { return verification }
    manifest(keys, &verification)
    guard let text = text("checkpoint"), let last = checkpoint(text, keys) else {
      verification.add("checkpoint: it is not signed by the log")
      return verification
    }
    var heads = HeadCheck()
    heads.add(last, "checkpoint")
    checkpoints(keys, last, &heads, &verification)
    outside(&heads, &verification)
    heads.start()
    let tree = entries(last.size, &heads, &verification)
    heads.finish(tree, &verification)
    proofs(keys, &verification)
    verification.size = tree.size
    return verification
  }

  // MARK: files

  private func text(_ path: String) -> String? {
    files.bytes(path).flatMap { String(validating: $0, as: UTF8.self) }
  }

  private func keys(_ verification: inout Verification) -> [NoteKey]? {
    let listed = keys(in: "keys")
    guard let listed, !listed.isEmpty else {
      verification.add("keys: the file is missing or malformed")
      return nil
    }
    if !trusted.isEmpty, !listed.allSatisfy(trusted.contains) {
      verification.add("keys: there is a key that is not trusted")
    }
    return trusted.isEmpty ? listed : trusted
  }

  private func keys(in path: String) -> [NoteKey]? {
    guard let text = text(path), text.last == "\n" else { return nil }
    let lines = text.dropLast().split(separator: "\n", omittingEmptySubsequences: false)
    let keys = lines.compactMap { NoteKey(String($0)) }
    return keys.count == lines.count ? keys : nil
  }

  // MARK: signed notes

  private func checkpoint(_ text: String, _ keys: [NoteKey]) -> Checkpoint? {
    guard let note = SignedNote(text), let checkpoint = Checkpoint(note.text),
      note.isExactly(by: keys, including: checkpoint.origin)
    else { return nil }
    return checkpoint
  }

  private func manifest(_ keys: [NoteKey], _ verification: inout Verification) {
    guard let text = text("manifest"), let note = SignedNote(text), note.signatures.count == 1,
      note.isExactly(by: keys, including: keys[0].name)
    else { return verification.add("manifest: it is not signed by the log") }
    let lines = note.text.split(separator: "\n").dropFirst(2).map(String.init)
    let present = Set(files.paths).subtracting(lines.map { String($0.dropFirst(66)) } + ["manifest"])
    Sweep.run(lines.indices) { line, _ in
      problem(lines[line])
    } take: { problem in
      if let problem { verification.add(problem) }
      return true
    }
    for path in present.sorted() { verification.add("\(path): the file does not belong here") }
  }

  /// What is wrong with the file of a line of the manifest.
  private func problem(_ line: String) -> String? {
    let path = String(line.dropFirst(66))
    guard let bytes = files.bytes(path) else { return "\(path): the file is missing" }
    return SHA256.digest(of: bytes).hexadecimal == line.prefix(64) ? nil : "\(path): the file was changed"
  }

  private func checkpoints(
    _ keys: [NoteKey], _ last: Checkpoint, _ heads: inout HeadCheck, _ verification: inout Verification
  ) {
    let names = files.paths(under: "checkpoints/")
    var previous: Int?
    for size in names.compactMap({ Int($0) }).sorted() {
      guard let checkpoint = text("checkpoints/\(size)").flatMap({ self.checkpoint($0, keys) }),
        checkpoint.size == size
      else {
        verification.add("checkpoints/\(size): it is not signed by the log")
        continue
      }
      if checkpoint.previous != previous { verification.add("checkpoints/\(size): one before it is missing") }
      previous = size
      heads.add(checkpoint, "checkpoints/\(size)")
    }
    if previous != last.size { verification.add("checkpoint: it is not the last of those in checkpoints") }
  }

  /// What was signed outside may be of a longer log than the package covers only when it came later.
  private func outside(_ heads: inout HeadCheck, _ verification: inout Verification) {
    for path in files.paths(under: "heads/").map({ "heads/\($0)" }) where !path.hasSuffix(".keys") {
      guard let keys = keys(in: path + ".keys"),
        let checkpoint = text(path).flatMap({ self.checkpoint($0, keys) })
      else {
        verification.add("\(path): it is not signed by its keys")
        continue
      }
      heads.add(checkpoint, path)
    }
  }

  // MARK: entries

  private func entries(
    _ size: Int, _ heads: inout HeadCheck, _ verification: inout Verification
  ) -> MerkleFrontier {
    let tiles = PackageTiles(files, size: size)
    var tree = TreeCheck()
    heads.compare(tree.tree, &verification)
    Sweep.run(0..<(size + MerkleTile.width - 1) / MerkleTile.width) { number, _ in
      tiles.check(number)
    } take: {
      tile in
      verification.add(tile)
      while let size = heads.nextSize, size <= tile.end {
        heads.compare(tree.tree(ofSize: size, with: tile), &verification)
      }
      tree.add(tile, &verification) { tiles.tile(level: $0, number: $1) }
      return !tile.isLast
    }
    return tree.tree
  }

  private func proofs(_ keys: [NoteKey], _ verification: inout Verification) {
    for path in files.paths(under: "proof/").map({ "proof/\($0)" }) {
      guard let proof = text(path).flatMap(LogProof.init), let record = proof.extra,
        proof.verify(leaf: MerkleTree.leaf(record), keys: keys) != nil
      else {
        verification.add("\(path): it proves nothing")
        continue
      }
    }
  }
}
