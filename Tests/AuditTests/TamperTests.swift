import Audit
import CSQLite
import Foundation
import Store
import TestRig
import Testing

/// Changes one thing in a log, as somebody with all rights on the machine could, and looks whether it is found.
@Suite("Tampering")
struct TamperTests {
  static let places = 1000

  /// A log with archived entries, an erased patient, several checkpoints, a witness and a package.
  private static func made() async throws -> TemporaryLog {
    let files = try TemporaryLog(witness: "w.test/1")
    try await files.log.append(TemporaryLog.readings(0..<270))
    _ = try await files.keeper().sign(time: 1)
    try await files.log.erase(TemporaryLog.patient(3), TemporaryLog.reading(270, of: nil))
    try await files.log.append(TemporaryLog.readings(271..<290))
    _ = try await files.keeper().sign(time: 2)
    try await files.log.append(TemporaryLog.readings(290..<300))
    _ = try await files.keeper().sign(time: 3)
    try PackageExport(files.store, keys: files.folder.signingKeys(), heads: files.folder.heads())
      .write(to: files.path + "/package", proofs: [0, 256, 299], time: 4)
    #expect(try files.verify().findings == [])
    #expect(PackageVerifier(files.path + "/package").verify().findings == [])
    return files
  }

  @Test("Each of a thousand changes of rows is found, wherever it is")
  func rows() async throws {
    let files = try await Self.made()
    files.store.close()
    let original = try #require(FileContent.of(files.database))
    var random = Seeded(seed: 8)
    var done: [String: Int] = [:]
    for place in 0..<Self.places {
      try Data(original).write(to: URL(fileURLWithPath: files.database))
      let change = try Self.change(files.database, &random)
      done[change.kind, default: 0] += 1
      try files.reopen()
      let isSound = (try? files.verify().isSound) ?? false
      #expect(!isSound, "place \(place): \(change.sql)")
      files.store.close()
      if isSound { break }
    }
    #expect(done.values.reduce(0, +) == Self.places && done.count == RowChange.all.count, "\(done)")
  }

  @Test("Each of a thousand changes of a package's files is found, wherever it is")
  func package() async throws {
    let files = try await Self.made()
    let folder = files.path + "/package"
    let keys = try files.folder.signingKeys().keys
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder).filter { path in
      FileContent.of(folder + "/" + path) != nil
    }.sorted()
    var random = Seeded(seed: 9)
    for place in 0..<Self.places {
      let path = folder + "/" + paths[Int.random(in: 0..<paths.count, using: &random)]
      let before = try #require(FileContent.of(path))
      let changed = FileChange.change(before, &random)
      try Self.write(changed, path)
      let isSound = PackageVerifier(folder, trusted: keys).verify().isSound
      #expect(!isSound, "place \(place): \(path)")
      if isSound { break }
      try Self.write(before, path)
    }
    try Self.write([1], folder + "/tile/entries/001")
    #expect(!PackageVerifier(folder, trusted: keys).verify().isSound)
  }

  @Test(
    "Each change of what is kept outside the store is found",
    arguments: ["checkpoint", "witnesses/first/checkpoint"])
  func outside(_ name: String) async throws {
    let files = try await Self.made()
    let path = files.folder.path + "/" + name
    let before = try #require(FileContent.of(path))
    var random = Seeded(seed: 10)
    for place in 0..<100 {
      try Self.write(FileChange.change(before, &random), path)
      #expect(try !files.verify().isSound, "place \(place)")
      try Self.write(before, path)
    }
  }

  @Test("What was cut off behind the last checkpoint of the store is found by the witness's")
  func truncation() async throws {
    let files = try await Self.made()
    files.store.close()
    try Self.run(
      "DELETE FROM audit WHERE number >= 290; DELETE FROM audit_checkpoint WHERE size = 300;", files.database)
    try FileManager.default.removeItem(atPath: files.folder.path + "/checkpoint")
    try files.reopen()
    let heads = try Array(files.folder.heads().dropFirst())
    let verifier = try StoreVerifier(files.store, keys: files.folder.signingKeys().keys, heads: heads)
    #expect(try verifier.verify().firstWrongEntry == 290)
    let blind = try StoreVerifier(files.store, keys: files.folder.signingKeys().keys)
    #expect(try blind.verify().isSound)
  }

  @Test("The first wrong entry is named")
  func named() async throws {
    let files = try await Self.made()
    files.store.close()
    try Self.run(
      "UPDATE audit SET record = replace(record, x'566172', x'566173') WHERE number IN (78, 90)",
      files.database)
    try Self.run(
      "UPDATE audit SET record = (SELECT record FROM audit WHERE number = 51) WHERE number = 77",
      files.database)
    try files.reopen()
    #expect(try files.verify().firstWrongEntry == 77)
    let bundle = files.path + "/package/tile/entries/000"
    var bytes = try #require(FileContent.of(bundle))
    bytes[bytes.count / 2] ^= 1
    try Self.write(bytes, bundle)
    let found = PackageVerifier(files.path + "/package").verify()
    #expect(found.firstWrongEntry.map { (100..<156).contains($0) } == true)
    #expect(found.findings.contains { $0.text == "tile/entries/000: the file was changed" })
  }

  // MARK: changing

  private static func change(_ path: String, _ random: inout Seeded) throws -> (kind: String, sql: String) {
    while true {
      let change = RowChange.any(&random)
      if try run(change.sql, path) > 0 { return change }
    }
  }

  /// The rows that were changed; none when the statement would break a constraint.
  @discardableResult
  private static func run(_ sql: String, _ path: String) throws -> Int {
    var database: OpaquePointer?
    try #require(sqlite3_open(path, &database) == SQLITE_OK)
    defer { sqlite3_close(database) }
    guard sqlite3_exec(database, "BEGIN; " + sql, nil, nil, nil) == SQLITE_OK else { return 0 }
    let changes = sqlite3_total_changes(database)
    try #require(sqlite3_exec(database, "COMMIT", nil, nil, nil) == SQLITE_OK)
    return Int(changes)
  }

  private static func write(_ bytes: [UInt8]?, _ path: String) throws {
    if let bytes {
      try Data(bytes).write(to: URL(fileURLWithPath: path))
    } else {
      try FileManager.default.removeItem(atPath: path)
    }
  }
}

/// One change of a row by chance.
private enum RowChange {
  static let all: [(kind: String, make: @Sendable (inout Seeded) -> String)] = [
    ("byte of a record", { flip("audit", "number", 300, "record", &$0) }),
    ("byte of a tile", { flip("audit_tile", "place", 1, "hashes", &$0) }),
    (
      "byte of a key",
      { random in
        let column = ["id", "pseudonym", "wrapped"].randomElement(using: &random) ?? "id"
        return flip("audit_key", nil, 8, column, &random)
      }
    ),
    ("byte of a checkpoint", { flip("audit_checkpoint", nil, 3, "note", &$0) }),
    (
      "number of a row",
      { random in
        let column = ["number", "time", "patient", "person"].randomElement(using: &random) ?? "time"
        let bit = Int.random(in: 0..<40, using: &random)
        let sum = "(ifnull(\(column), 0) | 1 << \(bit)) - (ifnull(\(column), 0) & 1 << \(bit))"
        return "UPDATE audit SET \(column) = \(sum) WHERE number = \(Int.random(in: 0..<300, using: &random))"
      }
    ),
    (
      "size or place",
      { random in
        Bool.random(using: &random)
          ? "UPDATE audit_checkpoint SET size = size + 1 + abs(random() % 50) WHERE rowid = \(row(3, &random, "audit_checkpoint"))"
          : "UPDATE audit_tile SET place = place + 1 + abs(random() % 1000)"
      }
    ),
    (
      "deletion",
      { random in
        let table =
          ["audit", "audit_tile", "audit_checkpoint", "audit_key"].randomElement(using: &random) ?? "audit"
        let count = ["audit": 300, "audit_tile": 1, "audit_checkpoint": 3, "audit_key": 8][table] ?? 1
        return table == "audit_key"
          ? "DELETE FROM audit_key WHERE id = \(keyAt(count, &random))"
          : "DELETE FROM \(table) WHERE rowid = \(row(count, &random, table))"
      }
    ),
    (
      "insertion",
      { random in
        let number = Int.random(in: 0...300, using: &random)
        let source = Int.random(in: 0..<300, using: &random)
        let kinds = [
          "UPDATE audit SET number = -number - 2 WHERE number >= \(number); UPDATE audit SET number = -number - 1 WHERE number < 0; INSERT INTO audit SELECT \(number), time, patient, person, record FROM audit WHERE number = \(source < number ? source : source + 1)",
          "INSERT INTO audit_tile SELECT place + \(number + 1), hashes FROM audit_tile",
          "INSERT INTO audit_key SELECT randomblob(16), pseudonym, wrapped FROM audit_key LIMIT 1",
          "INSERT INTO audit_checkpoint SELECT size + \(number + 1), note FROM audit_checkpoint LIMIT 1",
        ]
        return kinds.randomElement(using: &random) ?? ""
      }
    ),
    (
      "reordering",
      { random in
        let first = Int.random(in: 0..<300, using: &random)
        let second = (first + Int.random(in: 1..<300, using: &random)) % 300
        return """
          UPDATE audit SET number = -1 WHERE number = \(first);
          UPDATE audit SET number = \(first) WHERE number = \(second);
          UPDATE audit SET number = \(second) WHERE number = -1
          """
      }
    ),
    (
      "truncation",
      { random in "DELETE FROM audit WHERE number >= \(Int.random(in: 0..<300, using: &random))" }
    ),
  ]

  static func any(_ random: inout Seeded) -> (kind: String, sql: String) {
    let (kind, make) = all[Int.random(in: 0..<all.count, using: &random)]
    return (kind, make(&random))
  }

  /// Flips one bit of a byte of a blob or a text.
  private static func flip(
    _ table: String, _ key: String?, _ count: Int, _ column: String, _ random: inout Seeded
  ) -> String {
    let place = Int.random(in: 0..<100_000, using: &random)
    let bit = 1 << Int.random(in: 0..<8, using: &random)
    let id = table == "audit_key" ? "id" : "rowid"
    let row = table == "audit_key" ? keyAt(count, &random) : row(count, &random, table)
    let at = "(\(place) % length(cast(\(column) AS BLOB)) + 1)"
    let bytes = (0..<256).map { "WHEN x'\(hex($0))' THEN x'\(hex($0 ^ bit))'" }.joined(separator: " ")
    let value =
      "substr(cast(\(column) AS BLOB), 1, \(at) - 1) || CASE substr(cast(\(column) AS BLOB), \(at), 1) \(bytes) END || substr(cast(\(column) AS BLOB), \(at) + 1)"
    let type = column == "note" ? "TEXT" : "BLOB"
    return "UPDATE \(table) SET \(column) = cast(\(value) AS \(type)) WHERE \(id) = \(row)"
  }

  private static func hex(_ byte: Int) -> String {
    byte < 16 ? "0" + String(byte, radix: 16) : String(byte, radix: 16)
  }

  private static func row(_ count: Int, _ random: inout Seeded, _ table: String) -> String {
    "(SELECT rowid FROM \(table) ORDER BY rowid LIMIT 1 OFFSET \(Int.random(in: 0..<count, using: &random)))"
  }

  private static func keyAt(_ count: Int, _ random: inout Seeded) -> String {
    "(SELECT id FROM audit_key ORDER BY id LIMIT 1 OFFSET \(Int.random(in: 0..<count, using: &random)))"
  }
}

/// One change of a file by chance.
private enum FileChange {
  /// Nil for a file that is removed.
  static func change(_ bytes: [UInt8], _ random: inout Seeded) -> [UInt8]? {
    var changed = bytes
    let place = Int.random(in: 0..<max(1, bytes.count), using: &random)
    switch Int.random(in: 0..<6, using: &random) {
    case 0: return nil
    case 1: changed.removeLast(bytes.count - place)
    case 2: changed.remove(at: place)
    case 3: changed.insert(UInt8.random(in: 0...255, using: &random), at: place)
    default: changed[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    }
    return changed
  }
}
