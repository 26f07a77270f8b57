import Cryptography
import HTTP
import MLLP

/// The gateway's doors: HTTP and MLLP, their certificates, and the doorkeeper at each.
final class Entrance: Sendable {
  private let server: HTTPServer
  private let listeners: [(name: String, listener: MLLPListener)]
  private let watch: CertificateWatch?

  /// Opens the doors.
  /// - Parameters:
  ///   - doorkeeper: the one that the handler asks too.
  ///   - intake: where HL7 goes.
  ///   - tell: told of what happens, on threads of the gateway.
  ///   - handler: given each HTTP request that is admitted.
  /// - Throws: ``EntranceError``, `TLSFault`, `HTTPServerError` or `MLLPListenerError`, all fit to be shown.
  init(
    _ configuration: GatewayConfiguration, _ doorkeeper: Doorkeeper, _ intake: Intake,
    tell: @escaping @Sendable (EntranceReport) -> Void,
    handler: @escaping @Sendable (HTTPRequest, HTTPReply) -> Void
  ) throws {
    if let why = configuration.exposure { throw EntranceError.exposed(why) }
    watch = try configuration.tls.map {
      try CertificateWatch($0, every: configuration.lookEvery, quiet: configuration.stillFor, tell: tell)
    }
    let certificates = watch?.certificates
    server = try HTTPServer(
      configuration: Self.http(configuration, certificates), admit: doorkeeper.refusal, handler: handler)
    var listeners: [(String, MLLPListener)] = []
    for entrance in configuration.mllp {
      let endpoint = MLLPEndpoint(entrance, intake, doorkeeper)
      let listener = try MLLPListener(
        configuration: Self.mllp(entrance, configuration, certificates),
        report: { fault, peer in
          guard doorkeeper.isWorthTelling(fault, of: peer) else { return }
          tell(.closed(entrance: entrance.name, address: peer.address, fault))
        },
        admit: { doorkeeper.admits($0, at: entrance.name) }, handler: endpoint.handle)
      listeners.append((entrance.name, listener))
    }
    self.listeners = listeners
    watch?.start()
  }

  /// The TCP port of HTTP.
  var port: UInt16 { server.port }

  /// The TCP ports of the MLLP entrances by name.
  var mllpPorts: [String: UInt16] {
    Dictionary(uniqueKeysWithValues: listeners.map { ($0.name, $0.listener.port) })
  }

  /// When the first of the gateway's certificates ends, in seconds since 1970, UTC; nil without TLS.
  var certificatesExpire: Int64? { watch?.certificates.current.expires }

  /// Reads the certificates anew at once; returns before that is done.
  func renewCertificates() { watch?.ask() }

  /// Answers what is under way and closes the doors.
  func stop() {
    for (_, listener) in listeners { listener.stop() }
    server.stop()
    watch?.stop()
  }

  private static func http(
    _ configuration: GatewayConfiguration, _ certificates: RenewableCredentials?
  ) -> HTTPConfiguration {
    var http = HTTPConfiguration()
    http.address = configuration.address
    http.port = configuration.port
    http.maximumBodyBytes = configuration.maximumBodyBytes
    http.tls = certificates
    return http
  }

  private static func mllp(
    _ entrance: MLLPEntrance, _ configuration: GatewayConfiguration, _ certificates: RenewableCredentials?
  ) -> MLLPConfiguration {
    var mllp = MLLPConfiguration()
    mllp.address = entrance.address
    mllp.port = entrance.port
    mllp.maximumMessageBytes = configuration.maximumBodyBytes
    mllp.tls = entrance.speaksTLS(hasTLS: configuration.tls != nil) ? certificates : nil
    return mllp
  }
}
