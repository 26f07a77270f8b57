import Dispatch
import Foundation
import HTTP
import Store

/// `POST /backup`: copies the store into a new file in a folder of the gateway's own, while it goes on.
struct BackupEndpoint: Sendable {
  let store: any MessageStore
  /// Made when it is first needed.
  let folder: String
  /// One backup at a time; requests don't wait for it.
  private let queue = DispatchQueue(label: "sluss-backup")

  init(store: any MessageStore, folder: String) {
    self.store = store
    self.folder = folder
  }

  func answer(_ reply: HTTPReply) {
    guard let store = store as? SQLiteMessageStore else {
      return reply.send(
        .problem(
          409, "the store is PostgreSQL; back it up with its own tools, such as pg_basebackup or pg_dump"))
    }
    queue.async { reply.send(backUp(store)) }
  }

  private func backUp(_ store: SQLiteMessageStore) -> HTTPResponse {
    let file = "\(folder)/sluss-\(Self.name(of: Date())).sqlite"
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      let bytes = try store.backUp(to: file)
      var object = JSONObject()
      object.add("file", URL(filePath: file).path)
      object.add("bytes", json: String(bytes))
      return .json(200, object.text)
    } catch {
      return .problem(500, (error as? StoreError)?.description ?? "\(folder) can't be made")
    }
  }

  /// `20261121T180000.123Z`
  private static func name(of time: Date) -> String {
    let milliseconds = Int64(time.timeIntervalSince1970 * 1000)
    return Timestamp.text(milliseconds: milliseconds).filter { $0 != "-" && $0 != ":" }
  }
}
