import Foundation
import Gateway
import TestRig
import Testing

/// A whole gateway on a real disk that fills up, or that can't be written to any more.
@Suite(
  "A gateway whose disk is in trouble", .serialized, .timeLimit(.minutes(60)),
  .enabled(if: SmallDisk.isPossible, "only root may mount a small disk"))
struct DiskTroubleTests {
  private static let routes = """
    routes:
      visits:
        from: a/visit
        to: {journal: b/contact}
        order: = patient.identifier.value.first()
        delivery: {timeout: 1 min, backoff: 20 ms to 50 ms}

    """

  private let mappings: EditableMappings
  private let drop = NSTemporaryDirectory() + "sluss-drop-" + UUID().uuidString

  init() throws {
    mappings = try EditableMappings()
    try mappings.write(Self.routes, to: "routes.yaml")
    try FileManager.default.createDirectory(atPath: drop, withIntermediateDirectories: true)
  }

  private func clear() {
    mappings.remove()
    try? FileManager.default.removeItem(atPath: drop)
  }

  private func gateway(on disk: SmallDisk) throws -> RunningGateway { try gateway(at: disk.path) }

  private func gateway(at folder: String) throws -> RunningGateway {
    try RunningGateway(
      data: folder + "/data", mappings: mappings.path,
      targets: ["journal": TargetConfiguration(.directory(drop), atOnce: 4)])
  }

  /// Sends an event of about 20 kB; the message's id, or nil when it was refused for now.
  private func send(_ number: Int, to gateway: RunningGateway) throws -> String? {
    let head = NSTemporaryDirectory() + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: head) }
    let event =
      EditableMappings.event.replacing("\"V1\"", with: "\"V\(number)\"")
      + String(repeating: " ", count: 20_000)
    let answer = try gateway.post(Array(event.utf8), to: "/in/a/visit", ["-D", head])
    if answer.status == 202 || answer.status == 200 { return answer.json["id"] as? String }
    #expect(answer.status == 503, "\(answer.text)")
    let told = try String(contentsOfFile: head, encoding: .utf8).lowercased()
    #expect(told.contains("\r\nretry-after: "))
    return nil
  }

  /// Waits until a file lies there for each message.
  private func delivered(_ ids: [String]) throws -> Set<String> {
    try look {
      let names = try FileManager.default.contentsOfDirectory(atPath: drop)
      return Set(names.compactMap { $0.split(separator: ".").first.map(String.init) })
    } until: {
      $0.isSuperset(of: ids)
    }
  }

  @Test("full: it answers 503 and when to come again, takes what comes once there is room, and loses nothing")
  func full() throws {
    let disk = try SmallDisk(megabytes: 64)
    let gateway = try gateway(on: disk)
    defer {
      gateway.stop()
      disk.remove()
      clear()
    }
    var accepted = try [#require(try send(0, to: gateway))]
    try disk.fill(leaving: 400_000)
    var (number, refusals) = (1, 0)
    while refusals < 5, number < 2000 {
      if let id = try send(number, to: gateway) { accepted.append(id) } else { refusals += 1 }
      number += 1
    }
    #expect(refusals == 5)
    #expect(try gateway.get("/health").status == 200)
    let shown = try gateway.get("/messages/\(accepted[0])").status
    #expect([200, 503].contains(shown), "it is shown only where the look could be logged")
    try disk.makeRoom()
    // A refused one is sent again until it is taken.
    let late = try look({ try send(number - 1, to: gateway) }, until: { $0 != nil })
    accepted.append(try #require(late))
    #expect(try delivered(accepted) == Set(accepted))
  }

  @Test(
    "read-only from one moment to the next: it goes on answering, 503 to what it can't keep; nothing it took is lost",
    .enabled(if: FailingDisk.isPossible, "only root may mount a disk that fails"))
  func turnedReadOnly() throws {
    let disk = try FailingDisk()
    defer {
      disk.remove()
      clear()
    }
    let first = try gateway(at: disk.path)
    var accepted: [String] = []
    for number in 0..<10 { accepted.append(try #require(try send(number, to: first))) }
    try disk.fail()
    for number in 10..<20 { #expect(try send(number, to: first) == nil) }
    #expect(try first.get("/health").status == 200)
    #expect(try first.get("/messages/\(accepted[0])/trace").status == 200, "it can still be read")
    first.stop()
    try disk.mend()
    let second = try gateway(at: disk.path)
    defer { second.stop() }
    accepted.append(try #require(try send(20, to: second)))
    #expect(try delivered(accepted) == Set(accepted))
  }

  @Test("read-only: it does not start and says where; writable again, it goes on with what was accepted")
  func readOnly() throws {
    let disk = try SmallDisk(megabytes: 64)
    defer {
      disk.remove()
      clear()
    }
    let first = try RunningGateway(data: disk.path + "/data", mappings: mappings.path)
    let id = try #require(try send(1, to: first))
    first.stop()
    try disk.makeReadOnly()
    do {
      _ = try gateway(on: disk)
      Issue.record("it started on a disk that it can't write to")
    } catch {
      #expect("\(error)".contains(disk.path), "\(error)")
    }
    try disk.makeReadOnly(false)
    let second = try gateway(on: disk)
    defer { second.stop() }
    #expect(try delivered([id]) == [id])
  }
}
