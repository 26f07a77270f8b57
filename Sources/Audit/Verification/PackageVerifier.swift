import Cryptography
import Foundation

/// Checks a package by its own files alone, and names the first entry that is wrong.
public struct PackageVerifier {
  private let folder: String
  private let trusted: [NoteKey]

  /// A verifier of a folder.
  ///
  /// - Parameter trusted: the log's public keys as they are known from elsewhere; when empty, those of the
  ///   package are taken, and what is proved is only that the package is whole.
  public init(_ folder: String, trusted: [NoteKey] = []) {
    self.folder = folder
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

  private func bytes(_ path: String) -> [UInt8]? {
    FileManager.default.contents(atPath: folder + "/" + path).map(Array.init)
  }

  private func text(_ path: String) -> String? {
    bytes(path).flatMap { String(validating: $0, as: UTF8.self) }
  }

  /// All files under the folder, by their paths in it.
  private var files: [String] {
    let all = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return all.filter { path in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: folder + "/" + path, isDirectory: &isFolder)
        && !isFolder.boolValue
    }
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
    var present = Set(files)
    present.remove("manifest")
    for line in note.text.split(separator: "\n").dropFirst(2) {
      let path = String(line.dropFirst(66))
      present.remove(path)
      guard let bytes = bytes(path) else {
        verification.add("\(path): the file is missing")
        continue
      }
      if SHA256.digest(of: bytes).hexadecimal != line.prefix(64) {
        verification.add("\(path): the file was changed")
      }
    }
    for path in present.sorted() { verification.add("\(path): the file does not belong here") }
  }

  private func checkpoints(
    _ keys: [NoteKey], _ last: Checkpoint, _ heads: inout HeadCheck, _ verification: inout Verification
  ) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder + "/checkpoints")) ?? []
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
    for path in files.sorted() where path.hasPrefix("heads/") && !path.hasSuffix(".keys") {
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
    var tiles = TileCheck()
    heads.compare(tiles.tree, &verification)
    for number in 0..<(size + MerkleTile.width - 1) / MerkleTile.width {
      let width = min(MerkleTile.width, size - number * MerkleTile.width)
      guard let leaves = leaves(number, width, &verification) else { break }
      for leaf in leaves {
        tiles.add(leaf, &verification) { level, number in
          bytes(TilePath.tile(level: level, number: number, width: MerkleTile.width))
        }
        if let size = heads.nextSize, size <= tiles.size { heads.compare(tiles.tree, &verification) }
      }
    }
    return tiles.tree
  }

  /// Of the records, or of the tile where these are archived.
  private func leaves(_ number: Int, _ width: Int, _ verification: inout Verification) -> [SHA256.Digest]? {
    let first = number * MerkleTile.width
    let tile = bytes(TilePath.tile(level: 0, number: number, width: width)).flatMap { MerkleTile(bytes: $0) }
    guard let tile, tile.hashes.count == width else {
      verification.add("the tile of the entries from \(first) on is missing", entry: first)
      return nil
    }
    guard let bundle = bytes(TilePath.entries(number: number, width: width)) else { return tile.hashes }
    guard let records = Self.records(bundle), records.count == width else {
      verification.add("the entries from \(first) on cannot be read", entry: first)
      return tile.hashes
    }
    verification.entries += width
    for (index, record) in records.enumerated() {
      if MerkleTree.leaf(record) != tile.hashes[index] {
        verification.add("entry \(first + index): it is not what its tile says", entry: first + index)
      } else if AuditRecord(record) == nil {
        verification.add("entry \(first + index): it cannot be read", entry: first + index)
      }
    }
    return records.map(MerkleTree.leaf)
  }

  private static func records(_ bundle: [UInt8]) -> [[UInt8]]? {
    var reader = RecordReader(bundle)
    var records: [[UInt8]] = []
    while !reader.isAtEnd {
      guard let record = reader.value() else { return nil }
      records.append(record)
    }
    return records
  }

  private func proofs(_ keys: [NoteKey], _ verification: inout Verification) {
    for path in files.sorted() where path.hasPrefix("proof/") {
      guard let proof = text(path).flatMap(LogProof.init), let record = proof.extra,
        proof.verify(leaf: MerkleTree.leaf(record), keys: keys) != nil
      else {
        verification.add("\(path): it proves nothing")
        continue
      }
    }
  }
}
