import Audit
import Cryptography
import Foundation
import Store
import TestRig
import Testing

@Suite("Checkpoints")
struct CheckpointTests {
  let files: TemporaryLog

  init() throws {
    files = try TemporaryLog(witness: "w.test/1")
  }

  @Test("A checkpoint is signed, cosigned, and found sound; another one is signed only when something came")
  func signing() async throws {
    try await files.log.append(TemporaryLog.readings(0..<300))
    let signed = try await files.keeper().sign(time: 5)
    #expect(signed.problems == [] && signed.note.signatures.map(\.name) == [TemporaryLog.origin, "w.test/1"])
    _ = try await files.keeper().sign(time: 6)
    #expect(try files.store.auditCheckpoints(after: -1, limit: 100).map(\.size) == [300])
    try await files.log.append(TemporaryLog.readings(300..<301))
    #expect(try await files.keeper().sign(time: 7).problems == [])
    #expect(try files.store.auditCheckpoints(after: -1, limit: 100).map(\.size) == [300, 301])
    #expect(try files.verify().findings == [])
  }

  @Test("A store that a backup was restored into is refused, and named by verification")
  func restored() async throws {
    try await files.log.append(TemporaryLog.readings(0..<10))
    _ = try await files.keeper().sign(time: 1)
    files.store.close()
    try FileManager.default.copyItem(atPath: files.database, toPath: files.path + "/backup")
    try files.reopen()
    try await files.log.append(TemporaryLog.readings(10..<20))
    _ = try await files.keeper().sign(time: 2)
    files.store.close()
    try FileManager.default.removeItem(atPath: files.database)
    try FileManager.default.moveItem(atPath: files.path + "/backup", toPath: files.database)
    try files.reopen()
    await #expect(throws: AuditError.behind(size: 10, signed: 20)) { try await files.keeper().check() }
    await #expect(throws: AuditError.behind(size: 10, signed: 20)) { try await files.keeper().sign(time: 3) }
    #expect(try files.verify().firstWrongEntry == 10)
    // The log grows past the checkpoint, with other entries.
    try await files.log.append(TemporaryLog.readings(30..<45))
    await #expect(throws: AuditError.forked(size: 20)) { try await files.keeper().sign(time: 3) }
  }

  @Test("A second instance that signs at the same time is told so")
  func overtaken() async throws {
    let other = try TemporaryLog()
    try await files.log.append(TemporaryLog.readings(0..<4))
    try await other.log.append(TemporaryLog.readings(0..<4))
    _ = try await files.keeper().sign(time: 1)
    let keeper = CheckpointKeeper(
      other.store, keys: try files.folder.signingKeys(), place: files.folder.place)
    await #expect(throws: AuditError.forked(size: 4)) { try await keeper.sign(time: 2) }
  }

  @Test("A checkpoint that came to the second place only is taken up at the next start")
  func takenUp() async throws {
    try await files.log.append(TemporaryLog.readings(0..<4))
    let copy = files.path + "/copy.sqlite"
    files.store.close()
    try FileManager.default.copyItem(atPath: files.database, toPath: copy)
    try files.reopen()
    _ = try await files.keeper().sign(time: 1)
    let store = try SQLiteMessageStore(path: copy)
    let keeper = CheckpointKeeper(store, keys: try files.folder.signingKeys(), place: files.folder.place)
    try await keeper.check()
    #expect(
      try store.auditCheckpoints(after: -1, limit: 100) == files.store.auditCheckpoints(after: -1, limit: 100)
    )
    store.close()
  }

  @Test("A checkpoint whose commit failed is taken up by the next signing")
  func takenUpLater() async throws {
    try await files.log.append(TemporaryLog.readings(0..<4))
    let copy = files.path + "/copy.sqlite"
    files.store.close()
    try FileManager.default.copyItem(atPath: files.database, toPath: copy)
    try files.reopen()
    _ = try await files.keeper().sign(time: 1)
    let store = try SQLiteMessageStore(path: copy)
    try await AuditLog(store, keys: try files.folder.masterKeys()).append(TemporaryLog.readings(4..<6))
    let keeper = CheckpointKeeper(store, keys: try files.folder.signingKeys(), place: files.folder.place)
    try await keeper.sign(time: 2)
    #expect(try store.auditCheckpoints(after: -1, limit: 100).map(\.size) == [4, 6])
    store.close()
  }

  @Test("A witness cosigns growth only, and says what it knows")
  func witness() async throws {
    try await files.log.append(TemporaryLog.readings(0..<10))
    let note = try await files.keeper().sign(time: 1).note
    let keys = try files.folder.signingKeys()
    let witness = try #require(try files.folder.witnesses(of: keys.keys).first)
    let text = SignedNote(text: note.text, signatures: [note.signatures[0]]).description
    #expect(
      try witness.cosign(WitnessRequest(oldSize: 0, proof: [], checkpoint: text), time: 2) == .knows(size: 10)
    )
    func forged(_ size: Int, by signer: NoteSigner) -> String {
      let checkpoint = Checkpoint(origin: TemporaryLog.origin, size: size, root: MerkleTree.leaf([9]))
      return SignedNote(text: checkpoint.text, signatures: [signer.sign(checkpoint.text, time: 0)])
        .description
    }
    for size in [9, 10, 11] {
      let request = WitnessRequest(oldSize: 10, proof: [], checkpoint: forged(size, by: keys.signer))
      #expect(try Self.isRefused(witness.cosign(request, time: 2)), "of \(size) entries")
    }
    let stranger = try #require(NoteSigner(name: TemporaryLog.origin, kind: .ed25519, privateKey: .random()))
    let strange = WitnessRequest(oldSize: 10, proof: [], checkpoint: forged(11, by: stranger))
    #expect(try Self.isRefused(witness.cosign(strange, time: 2)))
    #expect(WitnessRequest(strange.body) == strange)
  }

  private static func isRefused(_ answer: WitnessAnswer) -> Bool {
    if case .refused = answer { true } else { false }
  }

  @Test("At an interval what came is signed, and the end once more")
  func interval() async throws {
    let keeper = try files.keeper()
    try await files.log.append(TemporaryLog.readings(0..<3))
    let running = Task { await keeper.run(every: .milliseconds(5), now: { 1 }, tell: { Issue.record($0) }) }
    #expect(try await comesTrue { try files.store.lastAuditCheckpoint()?.size == 3 })
    running.cancel()
    await running.value
    let last = Task { await keeper.run(every: .seconds(600), now: { 2 }, tell: { Issue.record($0) }) }
    try await files.log.append(TemporaryLog.readings(3..<5))
    last.cancel()
    await last.value
    #expect(try files.verify().findings == [])
  }

  @Test("Keys that others may read are refused")
  func rights() throws {
    let path = files.folder.path + "/signing.key"
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
    #expect(throws: AuditError.unsafeFile(path: path, reason: "others may read it; chmod 600 mends that")) {
      try files.folder.signingKeys()
    }
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    try FileManager.default.createSymbolicLink(atPath: path + ".link", withDestinationPath: path)
    #expect(throws: AuditError.self) { try SigningKeys(path + ".link") }
  }

  @Test("After rotation the new key signs, and what the old one signed still holds")
  func rotation() async throws {
    try await files.log.append(TemporaryLog.readings(0..<3))
    _ = try await files.keeper().sign(time: 1)
    let path = files.folder.path + "/signing.key"
    try SigningKeys.create(path + ".new", name: TemporaryLog.origin, kind: .ed25519)
    let old = try files.folder.signingKeys().signer.key
    let new = try #require(FileContent.of(path + ".new"))
    try FileManager.default.removeItem(atPath: path)
    _ = FileManager.default.createFile(
      atPath: path, contents: Data("\(old)\n".utf8) + Data(new), attributes: [.posixPermissions: 0o600])
    try await files.log.append(TemporaryLog.readings(3..<6))
    #expect(try await files.keeper().sign(time: 2).problems == [])
    #expect(try files.folder.signingKeys().signer.key != old)
    #expect(try files.verify().findings == [])
  }

  @Test("Master keys rotate: new patients' keys are wrapped by the last, earlier ones are still unwrapped")
  func masterRotation() async throws {
    try await files.log.append([TemporaryLog.reading(1)])
    let path = files.folder.path + "/master.key"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let key = Data(Randomness.bytes(32)).base64EncodedString()
    try FileManager.default.removeItem(atPath: path)
    _ = FileManager.default.createFile(
      atPath: path, contents: Data("\(text)master 2 \(key)\n".utf8), attributes: [.posixPermissions: 0o600])
    try files.reopen()
    try await files.log.append([TemporaryLog.reading(2, of: TemporaryLog.patient(3))])
    let events = try files.store.auditEntries(from: 0, limit: 9).map { try files.log.event($0)?.patient }
    #expect(events == [TemporaryLog.tolvan, TemporaryLog.patient(3)])
  }
}
