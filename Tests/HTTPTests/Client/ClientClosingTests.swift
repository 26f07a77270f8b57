import Foundation
import HTTP
import Synchronization
import TestRig
import Testing

@Suite("Closing a client")
struct ClientClosingTests {
  @Test("tells those under way that they are uncertain, and those that wait that nothing was sent")
  func cancels() throws {
    let server = try RawServer { connection in
      _ = connection.request()
      connection.awaitClose()
    }
    var configuration = HTTPClientConfiguration()
    configuration.maximumConnectionsPerHost = 2
    let client = try HTTPClient(configuration: configuration)
    let pending = Pending(count: 5)
    for number in 0..<5 { client.send(.local(server.url())) { pending.complete(number, $0) } }
    #expect(eventually { server.requests.count == 2 })
    client.close()
    let results = try pending.wait()
    #expect(results.map(\.uncertain) == [.cancelled, .cancelled, nil, nil, nil])
    #expect(results.map(\.unsent) == [nil, nil, .closed, .closed, .closed])
  }

  @Test("refuses what comes afterwards, and twice is harmless")
  func afterwards() throws {
    let client = try HTTPClient()
    client.close()
    client.close()
    #expect(try client.answers([.local("http://127.0.0.1:1/")])[0].unsent == .closed)
  }

  @Test("closes its idle connections")
  func closesConnections() throws {
    let hasClosed = DispatchSemaphore(value: 0)
    let server = try RawServer { connection in
      while connection.request() != nil { connection.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") }
      hasClosed.signal()
    }
    let client = try HTTPClient()
    #expect(try client.answer(.local(server.url())).status == 200)
    client.close()
    #expect(hasClosed.wait(timeout: .now() + 300) == .success)
  }

  @Test("may be done by a completion, and so may be letting go of it")
  func byCompletion() throws {
    let server = try echoServer()
    let pending = Pending(count: 2)
    let closed = try HTTPClient()
    closed.send(.local("http://127.0.0.1:\(server.port)/length")) { result in
      closed.close()
      pending.complete(0, result)
    }
    let dropped = Mutex<HTTPClient?>(try HTTPClient())
    dropped.withLock { client in
      client?.send(.local("http://127.0.0.1:\(server.port)/slowly")) { result in
        dropped.withLock { $0 = nil }
        pending.complete(1, result)
      }
    }
    #expect(try pending.wait().allSatisfy { $0.status == 200 })
  }

  @Test("happens by itself when nobody holds it any more")
  func letGo() throws {
    let server = try RawServer { connection in
      _ = connection.request()
      connection.awaitClose()
    }
    let pending = Pending(count: 1)
    var client: HTTPClient? = try HTTPClient()
    client?.send(.local(server.url())) { pending.complete(0, $0) }
    #expect(eventually { !server.requests.isEmpty })
    client = nil
    #expect(try pending.wait()[0].uncertain == .cancelled)
  }

  @Test("while many threads send ends every request exactly once")
  func race() throws {
    let server = try echoServer()
    let client = try HTTPClient()
    let pending = Pending(count: 400)
    for thread in 0..<4 {
      Thread.detachNewThread {
        for number in 0..<100 {
          client.send(.local("http://127.0.0.1:\(server.port)/length")) {
            pending.complete(thread * 100 + number, $0)
          }
        }
      }
    }
    usleep(5_000)
    client.close()
    #expect(try pending.wait().count == 400)
  }
}
