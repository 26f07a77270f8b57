import Audit
import Foundation
import Store

/// The audit log of a running gateway: its keys, its signed checkpoints, and the entries of what happens.
final class AuditKeeping: Sendable {
  let auditing: Auditing
  private let keeper: CheckpointKeeper
  private let signing, noting: Task<Void, Never>
  private let clients: WitnessClients

  /// Opens the log; a new one is made where there is none yet.
  /// - Parameter settings: fingerprints of what the gateway runs with; whenever they change, that is logged.
  /// - Throws: ``AuditError``, as when the store is behind what was signed: then the gateway must not go on.
  init(
    _ configuration: AuditConfiguration, dataFolder: String, _ store: any AuditStore & KeptStore,
    settings: @escaping @Sendable () -> [String: String] = { [:] },
    tell: @escaping @Sendable (GatewayEvent) -> Void
  ) throws {
    let folder = AuditFolder(configuration.folder ?? dataFolder + "/audit")
    if !FileManager.default.fileExists(atPath: folder.path + "/signing.key") {
      try folder.create(origin: configuration.origin)
    }
    let keys = try folder.signingKeys()
    clients = try WitnessClients(configuration.witnesses)
    let witnesses: [any Witness] = try folder.witnesses(of: keys.keys)
    let keeper = CheckpointKeeper(
      store, keys: keys, place: folder.place, witnesses: witnesses + clients.witnesses)
    try Self.executor.wait { try await keeper.check() }
    self.keeper = keeper
    let masters = try folder.masterKeys()
    let log = AuditLog(store, keys: masters)
    auditing = Auditing(log, system: configuration.system)
    let own = ["signing key": keys.signer.key.description, "master key": String(masters.masterNumber)]
    let changes = SettingLogging(log, store, system: configuration.system) {
      settings().merging(own) { $1 }
    }
    try Self.executor.wait { try await changes.note(now: Timestamp.now()) }
    noting = Task(executorPreference: Self.executor) {
      await changes.keepNoting(every: configuration.signEvery) {
        tell(.auditFailing(problem: "changed settings could not be logged"))
      }
    }
    signing = Task(executorPreference: Self.executor) {
      await keeper.run(every: configuration.signEvery, now: { Timestamp.now() / 1000 }) { error in
        tell(
          .auditFailing(problem: (error as? AuditError)?.description ?? "a checkpoint could not be signed"))
      }
    }
  }

  /// Signs once more, and ends.
  func stop() {
    noting.cancel()
    signing.cancel()
    try? Self.executor.wait { await self.signing.value }
    clients.close()
  }

  private static let executor = QueueExecutor(label: "sluss-audit")
}
