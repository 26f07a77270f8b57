import Foundation
import Formats
import Store

/// The running gateway: takes messages over HTTP, keeps them, translates them and shows what became of them.
public final class Gateway: Sendable {
  private let entrance: Entrance
  private let store: any WholeStore
  private let worker: TranslationWorker
  private let outbox: Outbox
  private let watch: FolderWatch

  /// The TCP port that it listens on.
  public var port: UInt16 { entrance.port }

  /// The TCP ports of the MLLP entrances, by name.
  public var mllpPorts: [String: UInt16] { entrance.mllpPorts }

  /// Loads the mappings, opens the store, translates what an earlier run left, and listens. Changed mappings
  /// are loaded while it runs.
  /// - Parameters:
  ///   - folder: the mappings' folder.
  ///   - tell: told of what somebody should know, on a thread of the gateway; must be short.
  /// - Throws: `DiagnosticError` with all that is wrong with the mappings; ``HTTPServerError`` or
  ///   ``StoreError``, both fit to be shown.
  public init(
    mappings folder: String, _ configuration: GatewayConfiguration,
    tell: @escaping @Sendable (GatewayEvent) -> Void = { _ in }
  ) throws {
    let limits = ReadingLimits(bytes: configuration.maximumBodyBytes)
    let observation = Observation(tell)
    let reload = try MappingReload(folder, limits: limits, tell: observation.note)
    let current = reload.current
    try FileManager.default.createDirectory(
      atPath: configuration.dataFolder, withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
    let signals = StoreSignals()
    let store = try configuration.openStore(signals)
    let pseudonyms = try Pseudonyms(file: configuration.dataFolder + "/pseudonym.key")
    try store.expectShared(pseudonyms)
    let outbox = try Outbox(configuration.targets, store, current, tell: observation.note)
    let translation = MessageTranslation(current: current, pseudonyms: pseudonyms)
    let worker = TranslationWorker(translation, store, outbox, tell: observation.note)
    let intake = Intake(current: current, store: store, figures: observation.figures) { worker.add($0) }
    let doorkeeper = Doorkeeper(configuration.access, tell: { tell(.entrance(.refused($0))) })
    let router = Router(
      intake, translation, store, outbox, doorkeeper, backups: configuration.dataFolder + "/backups")
    self.store = store
    self.worker = worker
    self.outbox = outbox
    watch = FolderWatch(reload, every: configuration.lookEvery, quiet: configuration.stillFor)
    outbox.start()
    worker.start()
    signals.listen(for: worker, outbox)
    entrance = try Entrance(configuration, doorkeeper, intake, tell: { tell(.entrance($0)) }) {
      router.handle($0, $1)
    }
    watch.start()
  }

  /// Loads the mappings and the certificates at once; returns before that is done.
  public func reload() {
    watch.ask()
    entrance.renewCertificates()
  }

  /// Answers what is under way, stops listening, writes what waits.
  public func stop() {
    entrance.stop()
    worker.stop()
    outbox.stop()
    store.close()
    watch.stop()
  }
}
