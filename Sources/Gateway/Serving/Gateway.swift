import Foundation
import Formats
import HTTP
import Store

/// The running gateway: takes messages over HTTP, keeps them, translates them and shows what became of them.
public final class Gateway: Sendable {
  private let server: HTTPServer
  private let store: SQLiteMessageStore
  private let worker: TranslationWorker
  private let watch: FolderWatch

  /// The TCP port that it listens on.
  public var port: UInt16 { server.port }

  /// Loads the mappings, opens the store, translates what an earlier run left, and listens. Changed mappings
  /// are loaded while it runs.
  /// - Parameters:
  ///   - folder: the mappings' folder.
  ///   - tell: told of each later loading, on a thread of the gateway.
  /// - Throws: `DiagnosticError` with all that is wrong with the mappings; ``HTTPServerError`` or
  ///   ``StoreError``, both fit to be shown.
  public init(
    mappings folder: String, _ configuration: GatewayConfiguration,
    tell: @escaping @Sendable (MappingsReport) -> Void = { _ in }
  ) throws {
    let limits = ReadingLimits(bytes: configuration.maximumBodyBytes)
    let reload = try MappingReload(folder, limits: limits, tell: tell)
    let current = reload.current
    try FileManager.default.createDirectory(
      atPath: configuration.dataFolder, withIntermediateDirectories: true)
    let store = try SQLiteMessageStore(path: configuration.dataFolder + "/sluss.sqlite")
    let worker = TranslationWorker(current, store)
    let router = Router(
      receive: ReceiveEndpoint(current: current, store: store, worker: worker),
      messages: MessageEndpoint(current: current, store: store),
      health: HealthEndpoint(current: current))
    self.store = store
    self.worker = worker
    watch = FolderWatch(reload, every: configuration.lookEvery, quiet: configuration.stillFor)
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
    store.close()
    watch.stop()
  }
}
