import Foundation
import HTTP

/// What stands at both ends of a gateway that is measured: takes what it delivers, and hands visits in.
///
///     POST /journal                        a delivery; only counted
///     GET  /count                          how many there were
///     GET  /steady?port=&rate=&seconds=    hands visits in at that rate; how long each took to come back, in ms
enum Neighbour {
  static func run() throws {
    var configuration = HTTPClientConfiguration()
    configuration.maximumConnectionsPerHost = 64
    let client = try HTTPClient(configuration: configuration)
    let (arrivals, events) = (Arrivals(), try VisitEvents())
    let server = try HTTPServer(configuration: HTTPConfiguration()) { request, reply in
      switch request.path {
      case "/count": reply.send(HTTPResponse(status: 200, body: Array("\(arrivals.count)".utf8)))
      case "/steady":
        Thread.detachNewThread {
          let sender = SteadySender(
            client: client, events: events, arrivals: arrivals, port: UInt16(number(request, "port")))
          reply.send(steady(sender, rate: number(request, "rate"), seconds: number(request, "seconds")))
        }
      default:
        arrivals.arrived(String((request.header("Idempotency-Key") ?? "").dropFirst().prefix { $0 != "." }))
        reply.send(HTTPResponse(status: 204))
      }
    }
    FileHandle.standardError.write(Data("listens on http://127.0.0.1:\(server.port)\n".utf8))
    while true { sleep(1000) }
  }

  private static func number(_ request: HTTPRequest, _ name: String) -> Int {
    max(1, Int(request.query(name) ?? "") ?? 1)
  }

  private static func steady(_ sender: SteadySender, rate: Int, seconds: Int) -> HTTPResponse {
    let before = sender.arrivals.count
    sender.arrivals.watch()
    let refused = sender.send(rate: rate, seconds: seconds)
    let expected = before + rate * seconds - refused
    for _ in 0..<1000 where sender.arrivals.count < expected { usleep(20_000) }
    let times = sender.arrivals.times().map { $0 / .milliseconds(1) }
    let lost = expected - before - times.count
    let text =
      times.isEmpty
      ? "{}"
      : """
      {"refused": \(refused), "lost": \(lost), "median": \(times[times.count / 2]), \
      "p99": \(times[times.count * 99 / 100]), "longest": \(times[times.count - 1])}
      """
    return HTTPResponse(status: 200, body: Array(text.utf8))
  }
}
