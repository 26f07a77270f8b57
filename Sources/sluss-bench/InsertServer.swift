import Foundation
import HTTP
import Store

/// A bare handler that does nothing but insert the bytes it gets, durably: the floor that accepting events is
/// measured against.
enum InsertServer {
  static func run(port: UInt16, database: String) throws {
    let store = try SQLiteMessageStore(path: database)
    var configuration = HTTPConfiguration()
    configuration.port = port
    let counter = Counter()
    let server = try HTTPServer(configuration: configuration) { request, reply in
      let message = NewMessage(
        id: counter.next(), mapping: "bare", received: 0, contentType: "application/json", body: request.body)
      store.accept(message) { result in
        reply.send(HTTPResponse(status: (try? result.get()) == nil ? 500 : 202))
      }
    }
    FileHandle.standardError.write(Data("listens on http://127.0.0.1:\(server.port)\n".utf8))
    while true { sleep(1000) }
  }
}
