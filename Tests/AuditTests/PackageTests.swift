import Audit
import Cryptography
import Foundation
import Store
import TestRig
import Testing

/// Packages, as Sluss, its independent verifier in Python and pymerkle see them.
@Suite("Packages")
struct PackageTests {
  let files: TemporaryLog
  var folder: String { files.path + "/package" }

  init() throws {
    files = try TemporaryLog(witness: "w.test/1")
  }

  private func export(_ sizes: [Int], proofs: [Int] = []) async throws {
    var size = 0
    for next in sizes {
      try await files.log.append(TemporaryLog.readings(size..<next))
      _ = try await files.keeper().sign(time: Int64(next))
      size = next
    }
    try PackageExport(files.store, keys: files.folder.signingKeys(), heads: files.folder.heads())
      .write(to: folder, proofs: proofs, time: 1)
  }

  @Test("A package verifies by itself and by trusted keys, and not by others'")
  func verifying() async throws {
    try await export([1, 300, 700], proofs: [0, 699])
    let found = PackageVerifier(folder, trusted: try files.folder.signingKeys().keys).verify()
    #expect(found.findings == [] && found.entries == 700 && found.size == 700)
    #expect(PackageVerifier(folder).verify().isSound)
    let stranger = try #require(NoteSigner(name: TemporaryLog.origin, kind: .ed25519, privateKey: .random()))
    #expect(!PackageVerifier(folder, trusted: [stranger.key]).verify().isSound)
    await #expect(throws: AuditError.self) { try await export([]) }
  }

  @Test("Tiles lie where C2SP says")
  func layout() async throws {
    try await export([700])
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder)
    for path in [
      "checkpoint", "tile/0/000", "tile/0/001", "tile/0/002.p/188", "tile/1/000.p/2", "tile/entries/000",
      "tile/entries/002.p/188",
    ] { #expect(paths.contains(path)) }
    let tile = try #require(FileContent.of(folder + "/tile/1/000.p/2"))
    #expect(tile.count == 64)
    let first = try files.store.auditEntries(from: 0, limit: 256).map { SHA256.Digest.of($0) }
    #expect(Array(tile[..<32]) == MerkleTile(first).subtree(height: 8, index: 0)?.bytes)
  }

  @Test(
    "The independent verifier in Python finds the same: sound packages, and a change of each file",
    .enabled(
      if: Python.has("cryptography"), "Python's cryptography is not in .venv; scripts/test puts it there"))
  func python() async throws {
    try await export([1, 300, 513], proofs: [0, 300, 512])
    let key = try files.folder.signingKeys().keys[0].description
    let sound = try Python.run(script: "verify_audit.py", [folder, key])
    #expect(sound.status == 0 && sound.told.hasPrefix("513 entries, root "), "\(sound.told)")
    var random = Seeded(seed: 3)
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder).filter {
      FileContent.of(folder + "/" + $0) != nil
    }.sorted()
    for path in paths {
      let bytes = try #require(FileContent.of(folder + "/" + path))
      var changed = bytes
      changed[Int.random(in: 0..<bytes.count, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      try Data(changed).write(to: URL(fileURLWithPath: folder + "/" + path))
      #expect(try Python.run(script: "verify_audit.py", [folder, key]).status == 1, "\(path)")
      try Data(bytes).write(to: URL(fileURLWithPath: folder + "/" + path))
    }
  }

  @Test(
    "pymerkle builds the same roots and accepts our proofs",
    .enabled(if: Python.has("pymerkle"), "Python's pymerkle is not in .venv; scripts/test puts it there"))
  func pymerkle() async throws {
    let sizes = [1, 2, 7, 256, 300, 513]
    try await export(sizes)
    let tree = try LogTree(files.store)
    var lines = try files.store.auditEntries(from: 0, limit: 1000).map { "entry \(Self.text($0.record))" }
    for size in sizes {
      lines.append("root \(size) \(try tree.root(ofSize: size))")
      for index in Set([0, size / 2, size - 1]) {
        let proof = try tree.inclusionProof(of: index, inSize: size).map(\.hexadecimal).joined(separator: ",")
        lines.append("inclusion \(index) \(size) \(proof)")
      }
      for first in sizes where first < size {
        let proof = try tree.consistencyProof(from: first, toSize: size).map(\.hexadecimal).joined(
          separator: ",")
        lines.append("consistency \(first) \(size) \(proof)")
      }
    }
    let path = files.path + "/proofs"
    try lines.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
    let outcome = try Python.run(script: "check_proofs.py", [path])
    #expect(outcome.status == 0 && outcome.told == "\(lines.count - 513) checked\n", "\(outcome.told)")
  }

  private static func text(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
