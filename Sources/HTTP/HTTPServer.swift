import CMicroHTTPD
import Cryptography
import Foundation
import Synchronization

/// An HTTP/1.1 server that lets only unambiguous requests through to its handler.
///
/// The handler runs on one of the few server threads and must not block; it answers at once or hands
/// the ``HTTPReply`` to whoever will. Every refusal, and every 4xx of the handler's, closes the
/// connection, and so does the answer to a chunked request, whose framing nobody can check.
public final class HTTPServer: Sendable {
  private let core: ServerCore
  private let daemon: Mutex<Running?>
  /// The TCP port that the server listens on.
  public let port: UInt16

  private struct Running: @unchecked Sendable {
    let daemon: OpaquePointer
  }

  /// Starts to listen and to serve. Throws ``HTTPServerError``.
  /// - Parameters:
  ///   - configuration: where to listen, and the limits.
  ///   - admit: asked about each request when its header is there, with an empty body; an answer refuses it
  ///     before any of the body is read, and closes the connection. It must not block.
  ///   - handler: given each admitted request when it is complete.
  public init(
    configuration: HTTPConfiguration = HTTPConfiguration(),
    admit: @escaping @Sendable (HTTPRequest) -> HTTPResponse? = { _ in nil },
    handler: @escaping @Sendable (HTTPRequest, HTTPReply) -> Void
  ) throws(HTTPServerError) {
    core = ServerCore(configuration, admit: admit, handler: handler)
    let started = try Self.start(core)
    daemon = Mutex(Running(daemon: started))
    port = sluss_mhd_port(started)
    core.watchdog.start()
  }

  deinit {
    stop()
  }

  /// Stops listening, waits up to the drain deadline for answers under way, gives 503 to the rest and
  /// closes all connections. Safe to call twice; not to be called by the handler on its own thread.
  public func stop() {
    guard let daemon = daemon.withLock({ $0.take() })?.daemon else { return }
    let listener = MHD_quiesce_daemon(daemon)
    core.drain()
    awaitAnswers(core.configuration.drainDeadline)
    for exchange in core.watchdog.pending { exchange.answer(.stopping) }
    awaitAnswers(.seconds(1))
    MHD_stop_daemon(daemon)
    close(listener)
    core.watchdog.stop()
  }

  private func awaitAnswers(_ patience: Duration) {
    let end = MonotonicClock.now + patience.nanoseconds
    while !core.watchdog.pending.isEmpty, MonotonicClock.now < end { usleep(2_000) }
  }

  private static func start(_ core: ServerCore) throws(HTTPServerError) -> OpaquePointer {
    let configuration = core.configuration
    guard let address = SocketAddress(configuration.address, port: configuration.port) else {
      throw .notAnAddress(configuration.address)
    }
    errno = 0
    let priorities = configuration.tls.map { _ in TLSSession.priorities }
    guard let daemon = address.withPointer({ start(core, at: $0, priorities) }) else {
      let reason = String(cString: strerror(errno))
      throw .cannotListen(address: configuration.address, port: configuration.port, reason: reason)
    }
    return daemon
  }

  private static func start(
    _ core: ServerCore, at address: UnsafePointer<sockaddr>, _ priorities: String?
  ) -> OpaquePointer? {
    let configuration = core.configuration
    var options = sluss_mhd_options()
    options.address = address
    options.threads = UInt32(clamping: max(2, configuration.threads))
    options.connections = UInt32(clamping: max(2, configuration.maximumConnections))
    options.connections_per_ip = UInt32(clamping: configuration.maximumConnectionsPerAddress)
    options.idle_seconds = UInt32(clamping: configuration.idleDeadline.components.seconds + 1)
    options.connection_memory = max(4096, configuration.headerMemoryBytes)
    options.context = Unmanaged.passUnretained(core).toOpaque()
    options.handle = Callbacks.handle
    options.completed = Callbacks.completed
    options.connection = Callbacks.connection
    options.request_line = Callbacks.requestLine
    guard let priorities else { return sluss_mhd_start(&options) }
    return priorities.withCString {
      options.tls_priorities = $0
      return sluss_mhd_start(&options)
    }
  }
}
