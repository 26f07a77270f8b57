import Audit
import Cryptography
import Foundation
import Store
import Testing

@Suite("Entries for other systems")
struct DocumentTests {
  let files: TemporaryLog

  init() throws {
    files = try TemporaryLog()
  }

  @Test("The document holds what the mapping reads, and an entry's UUID is the same whenever it is written")
  func document() async throws {
    try await files.log.append([TemporaryLog.reading(1), TemporaryLog.reading(2, of: nil)])
    let stored = try files.store.auditEntries(from: 0, limit: 9)
    let bytes = try EntryDocument(stored, of: files.log).json()
    #expect(try EntryDocument(stored, of: files.log).json() == bytes)
    let document = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: [[String: Any]]]
    let entries = try #require(document?["entries"])
    #expect(
      entries.map { $0["time"] as? String } == ["2025-11-20T12:00:01.000Z", "2025-11-20T12:00:02.000Z"])
    #expect(entries[0]["outcome"] as? String == "done" && entries[0]["action"] as? String == "read")
    let id = try #require(entries[0]["logId"] as? String)
    #expect(UUID(uuidString: id) != nil && Array(id)[14] == "8" && "89ab".contains(Array(id)[19]))
    #expect(id != entries[1]["logId"] as? String)
    let resources = try #require(entries[0]["resources"] as? [[String: Any]])
    #expect(resources.map { $0["kind"] as? String } == ["Vårdkontakt", "Journaltext"])
    #expect((resources[0]["patient"] as? [String: String])?["value"] == TemporaryLog.tolvan.value)
    #expect((entries[1]["resources"] as? [[String: Any]])?[0]["patient"] == nil)
  }

  @Test("A witness over HTTP is asked as C2SP says, again from the size that it knows")
  func overHTTP() async throws {
    try await files.log.append(TemporaryLog.readings(0..<4))
    _ = try await files.keeper().sign(time: 1)
    try await files.log.append(TemporaryLog.readings(4..<9))
    let signer = try #require(NoteSigner(name: "w.test/2", kind: .cosignature, privateKey: .random()))
    let witness = HTTPWitness(key: signer.key) { path, body in
      let request = WitnessRequest(String(decoding: body, as: UTF8.self))
      guard path == "/add-checkpoint", let request, let note = SignedNote(request.checkpoint) else {
        return (400, [])
      }
      guard request.oldSize == 4 else { return (409, Array("4\n".utf8)) }
      guard !request.proof.isEmpty else { return (422, []) }
      let signed = SignedNote(text: note.text, signatures: [signer.sign(note.text, time: 2)])
      return (200, Array(signed.description.split(separator: "\n").suffix(1).joined().utf8) + [10])
    }
    let keeper = CheckpointKeeper(
      files.store, keys: try files.folder.signingKeys(), place: files.folder.place, witnesses: [witness])
    let signed = try await keeper.sign(time: 2)
    #expect(signed.problems == [] && signed.note.signatures.map(\.name) == [TemporaryLog.origin, "w.test/2"])
    let down = HTTPWitness(key: signer.key) { _, _ in (503, []) }
    let other = CheckpointKeeper(
      files.store, keys: try files.folder.signingKeys(), place: files.folder.place, witnesses: [down])
    #expect(try await other.sign(time: 3).problems == [.witness(name: "w.test/2", reason: "it answers 503")])
  }
}
