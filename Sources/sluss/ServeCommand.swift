import Diagnostics
import Dispatch
import Foundation
import Gateway

extension Subcommand {
  static let serve = Subcommand(
    name: "serve",
    summary: "Runs the gateway.",
    usage: "[--config FILE] [--port N] [--data DIR]",
    text: """
      Checks the mappings, opens the store in DIR and listens until SIGTERM or SIGINT.

        POST /in/{mapping}              checks a message, stores it, answers 202 with its id
        GET  /messages/{id}             the message, its state, and the hub resources made from it
        GET  /messages/{id}/raw         the message byte for byte
        GET  /messages/{id}/hub         the hub resources as a FHIR Bundle
        GET  /messages/{id}/as/{mapping}  the message in another format
        GET  /messages/{id}/trace       what came of it; `sluss messages` shows and searches messages and deliveries
        GET  /health                    the mappings that are served, by version, and why changed ones are not
        GET  /metrics                   figures in OpenMetrics

      What a message's routes ask for is delivered to the targets that FILE names (sluss.yaml; `sluss config check` tells
      what is wrong with it). Options go before the file.

      SIGTERM ends it: what is under way is finished, what waits is kept for the next start; within `stop-within` in any case.
      Started by systemd with Type=notify it tells when it is ready, and with WatchdogSec= that it is alive.

      Changed mappings are loaded while it runs: by itself when their files have been still for two seconds, at once
      on SIGHUP. All are checked first; when something is wrong with them it is shown and those before go on.

        sluss serve --config /etc/sluss/sluss.yaml
        sluss serve --port 8080 --data /var/lib/sluss
        curl --data-binary @event.json http://127.0.0.1:8080/in/visiba/visit-event
      """,
    options: [
      Option("--config", "FILE", "the gateway's configuration (none: the settings below)"),
      Option("--port", "N", "the port to listen on (8080; 0 takes a free one)"),
      Option("--address", "A", "the address to listen on (127.0.0.1)"),
      Option("--data", "DIR", "the folder of the database (data)"),
      Option("--max-body", "BYTES", "the largest message (10485760)"),
      mappings,
    ],
    run: { arguments in
      var configuration = try arguments["--config"].map { try GatewayConfiguration(file: $0) } ?? .init()
      configuration.port = UInt16(
        try arguments.number("--port", or: Int(configuration.port), in: 0...65_535))
      configuration.address = arguments["--address"] ?? configuration.address
      configuration.dataFolder = arguments["--data"] ?? configuration.dataFolder
      configuration.maximumBodyBytes = try arguments.number(
        "--max-body", or: configuration.maximumBodyBytes, in: 1...(50 << 20))
      let signals = Signals()
      let gateway = try Gateway(
        mappings: arguments["--mappings"] ?? configuration.mappingsFolder, configuration,
        tell: Console.teller(asJSON: configuration.logsJSON))
      Console.welcome(configuration, port: gateway.port, mllp: gateway.mllpPorts)
      let manager = ServiceManager()
      let heartbeat = Heartbeat(gateway, manager)
      manager.ready()
      signals.wait(reload: gateway.reload)
      StopLimit.begin(configuration.stopWithin)
      manager.stopping()
      heartbeat?.stop()
      Console.complain("sluss stops")
      gateway.stop()
      return 0
    })
}

/// What the operator or the service manager asks of the running program. A wish to end that comes while it starts is
/// met once it has started.
private struct Signals {
  private let stop = DispatchSemaphore(value: 0)
  private let ends: [any DispatchSourceSignal]

  init() {
    ends = [SIGTERM, SIGINT].map { [stop] in Self.on($0) { stop.signal() } }
    // Keeps a wish for a reload from ending a program that is not yet ready for it.
    signal(SIGHUP, SIG_IGN)
  }

  /// Waits for the end; SIGHUP reloads.
  func wait(reload: @escaping @Sendable () -> Void) {
    let hangUp = Self.on(SIGHUP, reload)
    stop.wait()
    for source in ends + [hangUp] { source.cancel() }
  }

  private static func on(
    _ number: Int32, _ handle: @escaping @Sendable () -> Void
  ) -> any DispatchSourceSignal {
    signal(number, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
    source.setEventHandler(handler: handle)
    source.resume()
    return source
  }
}

extension Console {
  /// Tells what happens, as lines for people or of JSON for machines.
  fileprivate static func teller(asJSON: Bool) -> @Sendable (GatewayEvent) -> Void {
    { event in
      if asJSON { return complain(event.json(at: Int64(Date().timeIntervalSince1970 * 1000))) }
      switch event {
      case .mappings(.served(_, _, let warnings)): show(warnings)
      case .mappings(.refused(let diagnostics)): show(diagnostics)
      default: break
      }
      complain(event.text)
    }
  }
}
