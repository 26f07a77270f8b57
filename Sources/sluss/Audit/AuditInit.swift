import Audit

/// `sluss audit init`: keys for a new log.
enum AuditInit {
  static func run(_ given: AuditArguments) throws -> Int32 {
    let origin = try given.arguments.required("--origin")
    try given.folder.create(origin: origin, token: given.arguments["--token"])
    if let witness = given.arguments["--witness"] { try given.folder.createWitness(witness, folder: "1") }
    print(try given.folder.signingKeys().signer.key)
    Console.complain(
      "This public key is what others verify the log by; keep the keys in \(given.folder.path) safe.")
    return 0
  }
}
