import Diagnostics
import Formats
import Foundation
import HTTP
import Mapping
import Store
import Synchronization
import Testing

@testable import Gateway

/// What senders meet when the disk or the clock does not do as it should.
@Suite("In trouble", .timeLimit(.minutes(60)))
struct TroubleTests {
  /// A gateway's intake over a store whose file may grow to so many bytes.
  private struct SmallIntake {
    let store: SQLiteMessageStore
    let intake: Intake
    let entry: ServedMappings.Entry

    init(_ path: String, mappings: EditableMappings, maximumBytes: Int?) throws {
      var configuration = StoreConfiguration()
      configuration.maximumFileBytes = maximumBytes
      store = try SQLiteMessageStore(path: path, configuration: configuration)
      let current = try MappingReload(mappings.path, limits: ReadingLimits(bytes: 1 << 20)) { _ in }.current
      intake = Intake(current: current, store: store, figures: Figures())
      entry = try #require(current.served.mappings["a/visit"])
    }

    func take(_ id: String, padding: Int = 0) async -> Intake.Outcome {
      let body = EditableMappings.event.replacing("V1", with: id) + String(repeating: " ", count: padding)
      return await withCheckedContinuation { waiter in
        intake.take(Array(body.utf8), entry, of: intake.current.served, key: { $0 }) {
          waiter.resume(returning: $0)
        }
      }
    }
  }

  @Test("A full disk: messages are refused, to be sent again later; once there is room they are taken, once")
  func fullDisk() async throws {
    let mappings = try EditableMappings()
    let folder = NSTemporaryDirectory() + "sluss-full-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer {
      mappings.remove()
      try? FileManager.default.removeItem(atPath: folder)
    }
    var accepted: [String] = []
    var refused: [String] = []
    do {
      let small = try SmallIntake(folder + "/s.sqlite", mappings: mappings, maximumBytes: 1 << 20)
      defer { small.store.close() }
      for number in 0..<60 {
        switch await small.take("V\(number)", padding: 40_000) {
        case .accepted: accepted.append("V\(number)")
        case .notStored: refused.append("V\(number)")
        case let other: Issue.record("\(other)")
        }
      }
    }
    #expect(!accepted.isEmpty && !refused.isEmpty)
    #expect(
      accepted + refused == (0..<60).map { "V\($0)" }, "what came after the first refusal fits no better")
    let roomy = try SmallIntake(folder + "/s.sqlite", mappings: mappings, maximumBytes: nil)
    defer { roomy.store.close() }
    for id in accepted {
      guard case .repeated = await roomy.take(id, padding: 40_000) else {
        Issue.record("\(id) is lost")
        continue
      }
    }
    for id in refused {
      guard case .accepted = await roomy.take(id, padding: 40_000) else {
        Issue.record("\(id) was stored though it was refused")
        continue
      }
    }
    #expect(try roomy.store.counts() == [.received: 60])
  }

  @Test("What could not be stored is answered with 503 and when to come again, over HTTP")
  func answer() {
    #expect(HTTPResponse.notStored.status == 503)
    #expect(HTTPResponse.notStored.headers.contains { $0.name == "Retry-After" })
    #expect(HTTPResponse.overloaded.status == 503)
  }

  @Test("A store in a folder that cannot be written to is refused at the start, with its place")
  func readOnly() throws {
    var configuration = GatewayConfiguration()
    configuration.port = 0
    configuration.dataFolder = "/proc/sluss"
    let mappings = try EditableMappings()
    defer { mappings.remove() }
    #expect(throws: (any Error).self) { try Gateway(mappings: mappings.path, configuration) }
  }
}
