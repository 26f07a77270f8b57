import Cryptography
import Foundation
import Store

/// Writes a package that an inspector can check without us: all that is signed, all tiles, all records, the
/// public keys, and a signed list of the files.
///
/// The patients stay sealed in it.
public struct PackageExport {
  private let store: any AuditStore
  private let keys: SigningKeys
  private let heads: [OutsideHead]

  /// An export of a store's log.
  public init(_ store: any AuditStore, keys: SigningKeys, heads: [OutsideHead] = []) {
    self.store = store
    self.keys = keys
    self.heads = heads
  }

  /// Writes the log up to its last checkpoint into a folder that is not there yet.
  ///
  /// - Parameters:
  ///   - proofs: the entries that get a proof file each.
  ///   - time: seconds since 1970, UTC.
  /// - Returns: the number of entries that the package covers.
  @discardableResult
  public func write(to folder: String, proofs: [Int] = [], time: Int64) throws -> Int {
    guard let last = try store.lastAuditCheckpoint() else {
      throw AuditError.malformed(
        path: folder, reason: "no checkpoint was signed yet, so nothing can be proved")
    }
    let tree = try LogTree(store, size: last.size)
    var files = try PackageFiles(folder)
    try notes(&files, last)
    try tiles(&files, tree)
    for number in proofs {
      try files.write("proof/\(number).tlog-proof", Array(prove(number, tree, last.note).text.utf8))
    }
    let list = files.list(origin: keys.signer.key.name)
    let signed = SignedNote(text: list, signatures: [keys.signer.sign(list, time: time)])
    try files.write("manifest", Array(signed.description.utf8))
    return last.size
  }

  /// The proof of one entry, with the record in it.
  public func prove(_ number: Int) throws -> LogProof {
    guard let last = try store.lastAuditCheckpoint(), number >= 0, number < last.size else {
      throw AuditError.noEntry(number)
    }
    return try prove(number, LogTree(store, size: last.size), last.note)
  }

  private func prove(_ number: Int, _ tree: LogTree, _ checkpoint: String) throws -> LogProof {
    let hashes = try tree.inclusionProof(of: number, inSize: tree.size)
    let entry = try store.auditEntries(from: number, limit: 1).first { $0.number == number }
    return LogProof(index: number, hashes: hashes, checkpoint: checkpoint, extra: entry?.record)
  }

  // MARK: files

  private func notes(_ files: inout PackageFiles, _ last: StoredCheckpoint) throws {
    try files.write("keys", Array(keys.keys.map { "\($0)\n" }.joined().utf8))
    try files.write("checkpoint", Array(last.note.utf8))
    var page = try store.auditCheckpoints(after: -1, limit: 100)
    while let end = page.last {
      for checkpoint in page {
        try files.write("checkpoints/\(checkpoint.size)", Array(checkpoint.note.utf8))
      }
      page = try store.auditCheckpoints(after: end.size, limit: 100)
    }
    for (number, head) in heads.enumerated() {
      guard let note = try head.place.read() else { continue }
      try files.write("heads/\(number)", Array(note.utf8))
      try files.write("heads/\(number).keys", Array(head.keys.map { "\($0)\n" }.joined().utf8))
    }
  }

  private func tiles(_ files: inout PackageFiles, _ tree: LogTree) throws {
    for number in stride(from: 0, to: tree.size, by: MerkleTile.width).map({ $0 / MerkleTile.width }) {
      try bundle(&files, number, min(MerkleTile.width, tree.size - number * MerkleTile.width))
    }
    var level = 0
    while tree.size >> (MerkleTile.height * level) > 0 {
      var number = 0
      while let tile = try tree.tile(level: level, number: number) {
        let path = TilePath.tile(level: level, number: number, width: tile.hashes.count)
        try files.write(path, tile.bytes)
        number += 1
      }
      level += 1
    }
  }

  /// Archived entries have no bundle any more.
  private func bundle(_ files: inout PackageFiles, _ number: Int, _ width: Int) throws {
    let first = number * MerkleTile.width
    let entries = try store.auditEntries(from: first, limit: width).filter { $0.number < first + width }
    guard !entries.isEmpty else { return }
    let bytes = entries.flatMap { [UInt8($0.record.count >> 8), UInt8($0.record.count & 0xFF)] + $0.record }
    try files.write(TilePath.entries(number: number, width: width), bytes)
  }
}

/// The files of a package while it is written.
private struct PackageFiles {
  private let folder: String
  private var digests: [(path: String, digest: SHA256.Digest)] = []

  init(_ folder: String) throws {
    guard !FileManager.default.fileExists(atPath: folder) else {
      throw AuditError.file(path: folder, reason: "it is there already")
    }
    self.folder = folder
  }

  mutating func write(_ path: String, _ bytes: [UInt8]) throws {
    let file = URL(fileURLWithPath: folder + "/" + path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
    digests.append((path, SHA256.digest(of: bytes)))
  }

  /// A line for each file: its digest and its path.
  func list(origin: String) -> String {
    let lines = digests.sorted { $0.path < $1.path }.map { "\($0.digest.hexadecimal)  \($0.path)\n" }
    return "\(origin)\nsluss audit package v1\n" + lines.joined()
  }
}
