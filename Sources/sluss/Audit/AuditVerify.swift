import Audit
import Store

/// `sluss audit verify`: a package, or the store.
enum AuditVerify {
  static func run(_ given: AuditArguments) throws -> Int32 {
    let verification = try given.arguments.has("--store") ? store(given) : package(given)
    for finding in verification.findings { Console.complain(finding.description) }
    if let entry = verification.firstWrongEntry { print("The first wrong entry is \(entry).") }
    guard verification.isSound else { return 1 }
    print("\(verification.size) entries, \(verification.checkpoints) checkpoints: all is well.")
    return 0
  }

  private static func package(_ given: AuditArguments) throws -> Verification {
    guard given.words.count == 1 else { throw UsageError(message: "a package is needed, or `--store`.") }
    let trusted = try given.arguments["--trust"].map { text in
      guard let key = NoteKey(text) else {
        throw UsageError(message: "`--trust` takes a public key for notes.")
      }
      return [key]
    }
    return PackageVerifier(given.words[0], trusted: trusted ?? []).verify()
  }

  private static func store(_ given: AuditArguments) throws -> Verification {
    let store = try given.store()
    defer { store.close() }
    return try StoreVerifier(
      store, keys: given.folder.signingKeys().keys, heads: given.folder.heads(),
      provider: given.folder.masterKeys(), demandsSignedEnd: given.arguments.has("--signed-end")
    ).verify()
  }
}
