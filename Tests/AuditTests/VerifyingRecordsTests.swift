import Audit
import Foundation
import Store
import TestRig
import Testing

/// What verification says of records that were appended and signed as any other, but are not as they should be.
@Suite("Verifying records")
struct VerifyingRecordsTests {
  @Test("A record that cannot be read is found, and none other: as the reader of records judges them")
  func unreadable() async throws {
    let files = try TemporaryLog()
    try await files.log.append(TemporaryLog.readings(0..<40))
    let good = try files.store.auditEntries(from: 0, limit: 40).map(\.record)
    var random = Seeded(seed: 81)
    var expected: Set<Int> = []
    var readable = 0
    // Fewer in all than findings are told: the readable ones are stored under no person, which is one as well.
    while expected.count < 60 || readable < 30 {
      let record = Self.change(good[Int.random(in: 0..<good.count, using: &random)], &random)
      let number = try files.store.auditSize()
      if AuditRecord(record) == nil {
        guard expected.count < 60 else { continue }
        expected.insert(number)
      } else {
        guard readable < 30 else { continue }
        readable += 1
      }
      try await Self.append(record, to: files.store)
    }
    _ = try await files.keeper().sign(time: 1)
    let found = try files.verify().findings.filter { $0.text.hasSuffix(": it cannot be read") }
    #expect(Set(found.compactMap(\.entry)) == expected && found.count == 60)
  }

  @Test("Texts of letters beyond ASCII, long ones and many kinds of resources are read")
  func letters() async throws {
    let files = try TemporaryLog()
    var events: [AuditEvent] = []
    for (number, text) in [
      "åäö", "🧾", String(repeating: "é", count: 70), String(repeating: "x", count: 300), "",
    ]
    .enumerated() {
      var event = TemporaryLog.reading(number)
      (event.purpose, event.route, event.person) = (text, text, text)
      event.resourceKinds = Array(repeating: "Vårdkontakt", count: number * 60)
      events.append(event)
    }
    try await files.log.append(events)
    _ = try await files.keeper().sign(time: 1)
    #expect(try files.verify().findings == [])
    var broken = try #require(try files.store.auditEntries(from: 2, limit: 1).first).record
    let place = try #require(broken.indices.first { broken[$0] == 0xC3 && broken[$0 + 1] == 0xA9 })
    broken[place + 1] = 0x41
    #expect(AuditRecord(broken) == nil)
    try await Self.append(broken, to: files.store)
    _ = try await files.keeper().sign(time: 2)
    #expect(try files.verify().findings.first?.text == "entry 5: it cannot be read")
  }

  @Test("A log of many tiles is sound with any number of checkpoints, and a tile that was changed is named")
  func tiles() async throws {
    let files = try TemporaryLog()
    for size in [255, 256, 257, 1000, 1024, 1300] {
      try await files.log.append(TemporaryLog.readings(try files.store.auditSize()..<size))
      _ = try await files.keeper().sign(time: Int64(size))
    }
    let verification = try files.verify()
    #expect(verification.findings == [] && verification.size == 1300 && verification.checkpoints == 7)
    let package = files.path + "/package"
    try PackageExport(files.store, keys: files.folder.signingKeys()).write(to: package, time: 9)
    #expect(PackageVerifier(package).verify().size == 1300)
    let bundle = package + "/tile/entries/003"
    var bytes = try #require(FileContent.of(bundle))
    bytes[bytes.count - 1] ^= 1
    try Data(bytes).write(to: URL(fileURLWithPath: bundle))
    #expect(PackageVerifier(package).verify().firstWrongEntry == 1023)
  }

  private static func change(_ record: [UInt8], _ random: inout Seeded) -> [UInt8] {
    var record = record
    let place = Int.random(in: 0..<record.count, using: &random)
    switch Int.random(in: 0..<5, using: &random) {
    case 0: record.removeLast(Int.random(in: 1..<record.count, using: &random))
    case 1: record.append(UInt8.random(in: 0...255, using: &random))
    case 2: record[place] = UInt8.random(in: 0...255, using: &random)
    // Where lengths, the kinds' count and letters are.
    case 3: record[10 + place % 140] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    default: record.insert(UInt8.random(in: 0...255, using: &random), at: place)
    }
    return record
  }

  private static func append(_ record: [UInt8], to store: SQLiteMessageStore) async throws {
    let readable = AuditRecord(record)
    let entry = NewAuditEntry(
      record: record, time: readable?.event.time ?? 0, patient: readable?.patient?.searchNumber)
    _ = try await withCheckedThrowingContinuation { waiter in
      store.change(.append([entry])) { waiter.resume(with: $0) }
    }
  }
}
