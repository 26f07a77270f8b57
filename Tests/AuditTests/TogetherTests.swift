import Audit
import Store
import Testing

@Suite("Entries in the transaction of what they record")
struct TogetherTests {
  let files: TemporaryLog

  init() throws {
    files = try TemporaryLog()
  }

  private func message(_ id: String, key: String? = nil, body: String = "b", _ audit: [NewAuditEntry])
    -> NewMessage
  {
    NewMessage(
      id: id, mapping: "m", senderKey: key, received: 0, contentType: "text/plain", body: Array(body.utf8),
      audit: audit)
  }

  private func accept(_ message: NewMessage) async throws -> Result<Acceptance, StoreError> {
    try await result { files.store.accept(message, completion: $0) }
  }

  @Test("An accepted message brings its entries; a repeated one and a conflict bring none")
  func accepting() async throws {
    let entry = try files.log.entry(TemporaryLog.reading(1))
    #expect(try await accept(message("a", key: "k", [entry])).get() == .accepted("a"))
    #expect(try await accept(message("b", key: "k", [entry])).get() == .repeated("a"))
    #expect(try await accept(message("c", key: "k", body: "other", [entry])).get() == .conflict("a"))
    #expect(try files.store.auditSize() == 1)
    #expect(try files.store.untranslated(limit: 9).map(\.message.id) == ["a"])
  }

  @Test("A message is not stored when its entry cannot be: an audit failure stops the action")
  func refused() async throws {
    let entry = try files.log.entry(TemporaryLog.reading(1))
    try await files.log.erase(TemporaryLog.tolvan, TemporaryLog.reading(2, of: nil))
    let results = try await accept(message("a", [entry]))
    #expect(throws: StoreError.staleAuditKey) { try results.get() }
    #expect(try files.store.message("a") == nil)
    #expect(try files.store.auditSize() == 1)
  }

  @Test("A record and its deliveries bring entries, and so does a report, unless it changes nothing")
  func recording() async throws {
    _ = try await accept(message("a", [])).get()
    let delivery = NewDelivery(
      key: "d", route: "r", target: "t", lane: "l", contentType: "text/plain", body: [1], created: 0)
    let record = TranslationRecord(
      id: "a", state: .translated, deliveries: [delivery],
      audit: [try files.log.entry(TemporaryLog.reading(1))])
    let receipts = try await result { files.store.record(record, completion: $0) }.get()
    #expect(try files.store.auditSize() == 1)
    #expect(receipts == [.added(1)])
    let report = DeliveryReport(
      number: 1, result: .delivered, attempts: 1, time: 1,
      audit: [try files.log.entry(TemporaryLog.reading(2))])
    #expect(try await result { files.store.report(report, completion: $0) }.get() == .done)
    #expect(try await result { files.store.report(report, completion: $0) }.get() == .ended(.delivered))
    #expect(try files.store.auditSize() == 2)
  }

  @Test(
    "The tree goes on where it stood, whenever the store is opened anew", arguments: [1, 255, 256, 257, 700])
  func reopened(_ size: Int) async throws {
    try await files.log.append(TemporaryLog.readings(0..<size))
    try files.reopen()
    try await files.log.append(TemporaryLog.readings(size..<(size + 300)))
    _ = try await files.keeper().sign(time: 1)
    let verification = try files.verify()
    #expect(verification.findings == [] && verification.size == size + 300)
  }

  @Test("After the disk was full the log goes on where it stood, and is sound")
  func fullDisk() async throws {
    files.store.close()
    var small = StoreConfiguration()
    small.maximumFileBytes = 1 << 20
    let store = try SQLiteMessageStore(path: files.database, configuration: small)
    let log = AuditLog(store, keys: try files.folder.masterKeys())
    var failures = 0
    for round in 0..<40 {
      let entries = try TemporaryLog.readings(round * 100..<(round + 1) * 100).map { try log.entry($0) }
      if case .failure = try await result({ store.change(.append(entries), completion: $0) }) {
        failures += 1
      }
    }
    store.close()
    #expect(failures > 0 && failures < 40)
    try files.reopen()
    try await files.log.append(TemporaryLog.readings(0..<600))
    _ = try await files.keeper().sign(time: 1)
    #expect(try files.verify().findings == [])
    #expect(try files.store.auditSize() == (40 - failures) * 100 + 600)
  }

  @Test("Proofs of a store verify, from tiles and from what is no tile yet")
  func proving() async throws {
    try await files.log.append(TemporaryLog.readings(0..<700))
    _ = try await files.keeper().sign(time: 1)
    let keys = try files.folder.signingKeys()
    let export = PackageExport(files.store, keys: keys)
    for number in [0, 255, 256, 511, 512, 699] {
      let proof = try export.prove(number)
      let entry = try #require(files.store.auditEntries(from: number, limit: 1).first)
      #expect(proof.extra == entry.record)
      #expect(LogProof(proof.text)?.verify(leaf: .of(entry), keys: keys.keys)?.size == 700)
      #expect(proof.verify(leaf: .of(entry), keys: []) == nil)
    }
    #expect(throws: AuditError.noEntry(700)) { try export.prove(700) }
  }

  @Test("Archived entries are gone, and everything still verifies and is proved")
  func archiving() async throws {
    try await files.log.append([TemporaryLog.reading(0, of: TemporaryLog.tolvan)])
    try await files.log.append(TemporaryLog.readings(1..<600))
    try await files.log.archive(below: 520, TemporaryLog.reading(600, of: nil))
    #expect(try files.store.auditEntries(from: 0, limit: 1).first?.number == 512)
    try files.reopen()
    try await files.log.append(TemporaryLog.readings(601..<900))
    _ = try await files.keeper().sign(time: 1)
    #expect(try files.verify().findings == [])
    let proof = try PackageExport(files.store, keys: files.folder.signingKeys()).prove(3)
    #expect(proof.extra == nil && !proof.hashes.isEmpty)
  }
}
