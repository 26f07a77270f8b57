import Audit
import Store

/// `sluss audit export`: a package for an inspector.
enum AuditExport {
  static func run(_ given: AuditArguments) async throws -> Int32 {
    guard let folder = given.words.first else { throw UsageError(message: "a folder is needed.") }
    let proofs = try given.words.dropFirst().map(given.entry)
    let store = try given.store()
    defer { store.close() }
    var event = try given.asking()
    event.action = .export
    try await AuditLog(store, keys: given.folder.masterKeys()).append([event])
    let time = AuditArguments.now / 1000
    for problem in try await given.keeper(store).sign(time: time).problems { Console.complain("\(problem)") }
    let size = try PackageExport(store, keys: given.folder.signingKeys(), heads: given.folder.heads())
      .write(to: folder, proofs: proofs, time: time)
    print("\(size) entries are in \(folder)")
    return 0
  }
}

/// `sluss audit prove`: one text file that proves one entry.
enum AuditProve {
  static func run(_ given: AuditArguments) throws -> Int32 {
    guard given.words.count == 1 else { throw UsageError(message: "an entry's number is needed.") }
    let store = try given.store()
    defer { store.close() }
    let export = PackageExport(store, keys: try given.folder.signingKeys())
    Console.put(Array(try export.prove(given.entry(given.words[0])).text.utf8))
    return 0
  }
}
