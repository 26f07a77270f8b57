import Foundation
import Store
import Testing

/// A backup that is asked for over HTTP.
struct BackupServingTests {
  @Test("A running gateway copies its store into a file that a store opens")
  func backup() throws {
    let gateway = try RunningGateway()
    defer {
      gateway.stop()
      gateway.remove()
    }
    let answer = try gateway.post([], to: "/backup")
    #expect(answer.status == 200)
    let file = try #require(answer.json["file"] as? String)
    #expect(file.hasPrefix(gateway.data + "/backups/sluss-"))
    let copy = try SQLiteMessageStore(path: file)
    #expect(try copy.counts().isEmpty)
    copy.close()
  }
}
