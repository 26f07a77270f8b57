import Audit
import Dispatch
import Foundation
import Store

/// The audit log of a running gateway: its keys, its signed checkpoints, and the entries of what happens.
final class AuditKeeping: Sendable {
  let auditing: Auditing
  private let keeper: CheckpointKeeper
  private let signing: Task<Void, Never>

  /// Opens the log; a new one is made where there is none yet.
  /// - Throws: ``AuditError``, as when the store is behind what was signed: then the gateway must not go on.
  init(
    _ configuration: AuditConfiguration, dataFolder: String, _ store: any AuditStore,
    tell: @escaping @Sendable (GatewayEvent) -> Void
  ) throws {
    let folder = AuditFolder(configuration.folder ?? dataFolder + "/audit")
    if !FileManager.default.fileExists(atPath: folder.path + "/signing.key") {
      try folder.create(origin: configuration.origin)
    }
    let keys = try folder.signingKeys()
    let keeper = CheckpointKeeper(
      store, keys: keys, place: folder.place, witnesses: try folder.witnesses(of: keys.keys))
    try Self.waiting { try await keeper.check() }
    self.keeper = keeper
    auditing = Auditing(AuditLog(store, keys: try folder.masterKeys()), system: configuration.system)
    signing = Task(executorPreference: Self.executor) {
      await keeper.run(every: configuration.signEvery, now: { Timestamp.now() / 1000 }) { error in
        tell(
          .auditFailing(problem: (error as? AuditError)?.description ?? "a checkpoint could not be signed"))
      }
    }
  }

  /// Signs once more, and ends.
  func stop() {
    signing.cancel()
    try? Self.waiting { await self.signing.value }
  }

  private static let executor = QueueExecutor(label: "sluss-audit")

  private static func waiting(_ work: @escaping @Sendable () async throws -> Void) throws {
    let outcome = Outcome()
    let ended = DispatchSemaphore(value: 0)
    Task(executorPreference: executor) {
      do { try await work() } catch { outcome.error = error }
      ended.signal()
    }
    ended.wait()
    if let error = outcome.error { throw error }
  }

  /// Written before the semaphore, read behind it.
  private final class Outcome: @unchecked Sendable {
    var error: (any Error)?
  }
}
