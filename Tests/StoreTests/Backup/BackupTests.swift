import Foundation
import Store
import Testing

@Suite("A backup of a SQLite store")
struct BackupTests {
  private let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
  }

  private var backup: String { directory.path + "/copy.sqlite" }

  @Test("holds everything that was committed when it was begun, while more comes in")
  func whole() async throws {
    let store = try SQLiteMessageStore(path: directory.store)
    _ = await store.acceptAll((0..<500).map { message("id-\($0)", key: "\($0)") })
    let numbers = try await store.record(delivery("a"), delivery("b"))
    async let more = store.acceptAll((500..<1500).map { message("id-\($0)", key: "\($0)") })
    let bytes = try store.backUp(to: backup)
    _ = await more
    let attributes = try FileManager.default.attributesOfItem(atPath: backup)
    #expect(attributes[.size] as? Int == bytes && attributes[.posixPermissions] as? Int == 0o600)
    let names = try FileManager.default.contentsOfDirectory(atPath: directory.path)
    #expect(names.filter { $0.hasPrefix("copy") } == ["copy.sqlite"])
    let restored = try SQLiteMessageStore(path: backup)
    #expect((500...1501).contains(try restored.counts()[.received] ?? 0))
    #expect(try restored.delivery(numbers[1])?.key == "b")
    #expect(await restored.accept(message("again", key: "499")) == .success(.repeated("id-499")))
    #expect(try store.counts()[.received] ?? 0 >= 1500)
  }

  @Test("replaces an older one, and leaves it as it is when that fails")
  func replacing() async throws {
    let store = try SQLiteMessageStore(path: directory.store)
    _ = try store.backUp(to: backup)
    _ = await store.accept(message("a"))
    _ = try store.backUp(to: backup)
    let before = try Data(contentsOf: URL(filePath: backup))
    #expect(throws: StoreError.self) { try store.backUp(to: directory.path + "/nowhere/copy.sqlite") }
    #expect(try Data(contentsOf: URL(filePath: backup)) == before)
    #expect(try SQLiteMessageStore(path: backup).message("a") != nil)
  }
}
