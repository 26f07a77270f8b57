import Diagnostics
import Foundation
import Formats
import HTTP
public import Mapping
import Store

/// The running gateway: takes messages over HTTP, keeps them, translates them and shows what became of them.
public final class Gateway: Sendable {
  private let server: HTTPServer
  private let store: SQLiteMessageStore
  private let worker: TranslationWorker

  /// The TCP port that it listens on.
  public var port: UInt16 { server.port }

  /// Opens the store, translates what an earlier run left, and listens.
  /// - Throws: ``HTTPServerError`` or ``StoreError``, both fit to be shown.
  public init(_ library: MappingLibrary, _ configuration: GatewayConfiguration) throws {
    try FileManager.default.createDirectory(
      atPath: configuration.dataFolder, withIntermediateDirectories: true)
    let store = try SQLiteMessageStore(path: configuration.dataFolder + "/sluss.sqlite")
    let limits = ReadingLimits(bytes: configuration.maximumBodyBytes)
    let translators = TranslatorPool { Translator(library, limits: limits) }
    let worker = TranslationWorker(library, store, translators)
    let router = Router(
      receive: ReceiveEndpoint(library: library, store: store, translators: translators, worker: worker),
      messages: MessageEndpoint(library: library, store: store, translators: translators),
      health: HealthEndpoint(library: library))
    self.store = store
    self.worker = worker
    worker.start()
    var http = HTTPConfiguration()
    http.address = configuration.address
    http.port = configuration.port
    http.maximumBodyBytes = configuration.maximumBodyBytes
    server = try HTTPServer(configuration: http) { router.handle($0, $1) }
  }

  /// Answers what is under way, stops listening, writes what waits.
  public func stop() {
    server.stop()
    worker.stop()
    store.close()
  }
}
