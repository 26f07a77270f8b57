import Dispatch
import Foundation
import Gateway

extension Subcommand {
  static let serve = Subcommand(
    name: "serve",
    summary: "Runs the gateway.",
    usage: "[--port N] [--data DIR]",
    text: """
      Checks the mappings, opens the store in DIR and listens until SIGTERM or SIGINT.

        POST /in/{mapping}              checks a message, stores it, answers 202 with its id
        GET  /messages/{id}             the message, its state, and the hub resources made from it
        GET  /messages/{id}/raw         the message byte for byte
        GET  /messages/{id}/hub         the hub resources as a FHIR Bundle
        GET  /messages/{id}/as/{mapping}  the message in another format
        GET  /health

        sluss serve --port 8080 --data /var/lib/sluss
        curl --data-binary @event.json http://127.0.0.1:8080/in/visiba/visit-event
      """,
    options: [
      Option("--port", "N", "the port to listen on (8080; 0 takes a free one)"),
      Option("--address", "A", "the address to listen on (127.0.0.1)"),
      Option("--data", "DIR", "the folder of the database (data)"),
      Option("--max-body", "BYTES", "the largest message (10485760)"),
      mappings,
    ],
    run: { arguments in
      var configuration = GatewayConfiguration()
      configuration.port = UInt16(try arguments.number("--port", or: 8080, in: 0...65_535))
      configuration.address = arguments["--address"] ?? configuration.address
      configuration.dataFolder = arguments["--data"] ?? configuration.dataFolder
      configuration.maximumBodyBytes = try arguments.number(
        "--max-body", or: configuration.maximumBodyBytes, in: 1...(50 << 20))
      let library = try MappingFolder.load(arguments["--mappings"] ?? "Mappings")
      let gateway = try Gateway(library, configuration)
      Console.complain("sluss listens on http://\(configuration.address):\(gateway.port)")
      Signals.wait()
      Console.complain("sluss stops")
      gateway.stop()
      return 0
    })
}

/// Waits for the operator or the service manager to end the program.
private enum Signals {
  static func wait() {
    let stop = DispatchSemaphore(value: 0)
    let sources = [SIGTERM, SIGINT].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { stop.signal() }
      source.resume()
      return source
    }
    stop.wait()
    for source in sources { source.cancel() }
  }
}
