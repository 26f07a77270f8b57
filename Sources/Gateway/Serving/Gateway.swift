import Foundation
import Formats
import HTTP
import Store

/// The running gateway: takes messages over HTTP, keeps them, translates them and shows what became of them.
public final class Gateway: Sendable {
  private let server: HTTPServer
  private let store: SQLiteMessageStore
  private let worker: TranslationWorker
  private let outbox: Outbox
  private let watch: FolderWatch

  /// The TCP port that it listens on.
  public var port: UInt16 { server.port }

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
    let store = try SQLiteMessageStore(path: configuration.dataFolder + "/sluss.sqlite")
    let pseudonyms = try Pseudonyms(file: configuration.dataFolder + "/pseudonym.key")
    let outbox = try Outbox(configuration.targets, store, current, tell: observation.note)
    let translation = MessageTranslation(current: current, pseudonyms: pseudonyms)
    let worker = TranslationWorker(translation, store, outbox, tell: observation.note)
    let router = Router(
      receive: ReceiveEndpoint(
        current: current, store: store, worker: worker, figures: observation.figures),
      messages: MessageEndpoint(current: current, store: store),
      messageList: MessageListEndpoint(current: current, store: store),
      deliveries: DeliveryEndpoint(
        store: store, remaking: DeliveryRemaking(current: current, store: store), pseudonyms: pseudonyms,
        outbox: outbox),
      targets: TargetEndpoint(store: store, outbox: outbox),
      replay: ReplayEndpoint(translation, store, outbox),
      metrics: MetricsEndpoint(
        figures: observation.figures, current: current, store: store, outbox: outbox),
      health: HealthEndpoint(current: current))
    self.store = store
    self.worker = worker
    self.outbox = outbox
    watch = FolderWatch(reload, every: configuration.lookEvery, quiet: configuration.stillFor)
    outbox.start()
    worker.start()
    var http = HTTPConfiguration()
    http.address = configuration.address
    http.port = configuration.port
    http.maximumBodyBytes = configuration.maximumBodyBytes
    server = try HTTPServer(configuration: http) { router.handle($0, $1) }
    watch.start()
  }

  /// Loads the mappings at once; returns before that is done.
  public func reload() { watch.ask() }

  /// Answers what is under way, stops listening, writes what waits.
  public func stop() {
    server.stop()
    worker.stop()
    outbox.stop()
    store.close()
    watch.stop()
  }
}
