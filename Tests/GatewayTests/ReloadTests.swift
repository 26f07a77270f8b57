import Foundation
import Gateway
import Mapping
import Synchronization
import Testing

/// Mappings that change while the gateway runs, as operators change them.
final class ReloadTests {
  private let mappings: EditableMappings
  private let gateway: RunningGateway

  init() throws {
    mappings = try EditableMappings()
    gateway = try RunningGateway(mappings: mappings.path)
  }

  deinit {
    gateway.stop()
    gateway.remove()
    mappings.remove()
  }

  private func send(_ id: String) throws -> RunningGateway.Answer {
    let event = EditableMappings.event.replacing("V1", with: id)
    return try gateway.post(Array(event.utf8), to: "/in/a/visit")
  }

  /// The message as it is once it is translated or has failed.
  private func translated(_ id: String) throws -> RunningGateway.Answer {
    let accepted = try send(id)
    return try gateway.message(try #require(accepted.json["id"] as? String, "\(accepted.text)"))
  }

  @Test(
    "A changed file is served by itself, and each translation names the version that made it",
    arguments: [true, false])
  func changed(byRename: Bool) throws {
    let before = try gateway.mappings()
    let old = try translated("V1")
    #expect(old.json["mappingVersion"] as? String == before.versions["a/visit"])
    try mappings.change(
      EditableMappings.visit, "visit.class.code: status", "visit.class.code: = 'NEW'", byRename: byRename)
    let after = try gateway.mappings { $0.version != before.version }
    #expect(after.version == (try mappings.version))
    #expect(after.versions["a/visit"] != before.versions["a/visit"])
    #expect(
      after.versions["b/contact"] == before.versions["b/contact"], "another system's mapping is the same")
    #expect(after.since > before.since)
    let new = try translated("V2")
    #expect(new.text.contains("\"NEW\"") && !old.text.contains("\"NEW\""))
    #expect(new.json["mappingVersion"] as? String == after.versions["a/visit"])
  }

  @Test(
    "A message that was translated before a change keeps its version; what is shown now names the new one")
  func shownAnew() throws {
    let before = try gateway.mappings()
    let id = try #require(try translated("V1").json["id"] as? String)
    try mappings.change(EditableMappings.visit, "visit.class.code: status", "visit.class.code: = 'NEW'")
    let after = try gateway.mappings { $0.version != before.version }
    let message = try gateway.get("/messages/" + id)
    #expect(message.json["mappingVersion"] as? String == before.versions["a/visit"])
    #expect(message.json["currentMappingVersion"] as? String == after.versions["a/visit"])
    let visit = "a/visit@" + (after.versions["a/visit"] ?? "")
    let hub = try gateway.get("/messages/\(id)/hub")
    #expect(hub.text.contains("\"NEW\"") && hub.version == visit)
    let contact = try gateway.get("/messages/\(id)/as/b/contact")
    #expect(contact.version == visit + ", b/contact@" + (after.versions["b/contact"] ?? ""))
  }

  @Test("Broken mappings are told and not served; mended ones are")
  func broken() throws {
    let before = try gateway.mappings()
    try mappings.change(EditableMappings.visit, "visit.period.start", "visit.perod.start")
    let broken = try gateway.mappings { $0.refused != nil }
    #expect(broken.refused?.map { $0["code"] as? String } == ["SL0601"])
    #expect((broken.refused?.first?["file"] as? String)?.hasSuffix(EditableMappings.visit) == true)
    #expect(broken.version == before.version && broken.since == before.since)
    #expect(try gateway.get("/health").status == 200)
    #expect(try translated("V1").json["state"] as? String == "translated")
    try mappings.change(EditableMappings.visit, "visit.perod.start", "visit.period.end")
    let mended = try gateway.mappings { $0.refused == nil }
    #expect(mended.version == (try mappings.version) && mended.version != before.version)
  }

  @Test("Taken back, a broken change leaves the version and its time as they were")
  func takenBack() throws {
    let before = try gateway.mappings()
    try mappings.change(EditableMappings.visit, "visit.period.start", "visit.perod.start")
    _ = try gateway.mappings { $0.refused != nil }
    try mappings.change(EditableMappings.visit, "visit.perod.start", "visit.period.start")
    let after = try gateway.mappings { $0.refused == nil }
    #expect(after.version == before.version && after.since == before.since)
  }

  @Test("A folder that can't be read for a while takes nothing away")
  func lostFolder() throws {
    let before = try gateway.mappings()
    try FileManager.default.moveItem(atPath: mappings.path, toPath: mappings.path + ".away")
    let lost = try gateway.mappings { $0.refused != nil }
    #expect(lost.version == before.version && lost.refused?.first?["code"] as? String == "SL0408")
    #expect(try translated("V1").json["state"] as? String == "translated")
    try FileManager.default.moveItem(atPath: mappings.path + ".away", toPath: mappings.path)
    #expect(try gateway.mappings { $0.refused == nil }.version == before.version)
  }

  @Test("A new system is taken in and an old one let go; its waiting messages are told, not lost")
  func comingAndGoing() throws {
    try mappings.write("shape: c/visit\nfields:\n  number: string\n", to: "c/visit.shape.yaml")
    let text = """
      mapping: c/visit
      hub: {visit: Encounter}
      both: {number: "visit.identifier[first].value"}
      in: {visit.status: "= 'planned'", visit.class.code: "= 'AMB'"}
      """
    try mappings.write(text, to: "c/visit.map.yaml")
    _ = try gateway.mappings { $0.versions["c/visit"] != nil }
    let accepted = try gateway.post(Array(#"{"number": "1"}"#.utf8), to: "/in/c/visit")
    let id = try #require(accepted.json["id"] as? String)
    #expect(try gateway.message(id).json["state"] as? String == "translated")
    try FileManager.default.removeItem(atPath: mappings.path + "/c")
    _ = try gateway.mappings { $0.versions["c/visit"] == nil }
    #expect(try gateway.post(Array(#"{"number": "2"}"#.utf8), to: "/in/c/visit").status == 404)
    #expect(try gateway.get("/messages/\(id)/hub").status == 409)
    #expect(try gateway.get("/messages/\(id)/raw").status == 200)
  }

  @Test("A refused message names the version that refused it")
  func refused() throws {
    let answer = try gateway.post(Array(#"{"id": "V1"}"#.utf8), to: "/in/a/visit")
    #expect(answer.status == 422)
    let message = try gateway.get("/messages/" + (try #require(answer.json["id"] as? String)))
    #expect(message.json["mappingVersion"] as? String == (try gateway.mappings()).versions["a/visit"])
  }
}

/// Folders that are exchanged as a whole, by a symbolic link.
struct ExchangedFolderTests {
  private let root = NSTemporaryDirectory() + "sluss-" + UUID().uuidString

  /// Two folders of mappings that do not fit each other, `A` and `B`, and a link to the first.
  private func folders() throws -> (link: String, versions: [String: String]) {
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    var versions: [String: String] = [:]
    for mark in ["A", "B"] {
      let mappings = try EditableMappings(at: "\(root)/\(mark)")
      try mappings.mark(mark)
      versions[mark] = try mappings.version
    }
    try EditableMappings.point(root + "/current", to: "A")
    return (root + "/current", versions)
  }

  @Test("Thousands of requests during many exchanges: each is answered by one version alone, and none fails")
  func manyExchanges() throws {
    let (link, versions) = try folders()
    let gateway = try RunningGateway(mappings: link)
    defer {
      gateway.stop()
      gateway.remove()
      try? FileManager.default.removeItem(atPath: root)
    }
    let first = try gateway.post(Array(EditableMappings.event.utf8), to: "/in/a/visit")
    let id = try #require(first.json["id"] as? String)
    let asking = AskingThreads()
    for path in ["hub", "as/b/contact"] {
      asking.start { try gateway.many("/messages/\(id)/\(path)?[1-60]") }
    }
    asking.start {
      let event = EditableMappings.event.replacing("V1", with: UUID().uuidString)
      return try gateway.many("/in/a/visit?[1-60]", ["--data-binary", event])
    }
    for round in 1...60 {
      let mark = round.isMultiple(of: 2) ? "A" : "B"
      try EditableMappings.point(link, to: mark)
      if !round.isMultiple(of: 3) { gateway.reload() }
      _ = try gateway.mappings { $0.version == versions[mark] }
    }
    let answers = try asking.end()
    try check(answers)
    let served = try Set(["A", "B"].map { try Self.version("a/visit", in: "\(root)/\($0)") })
    for id in Set(answers.compactMap { $0.json["id"] as? String }) {
      let message = try gateway.message(id).json
      #expect(message["state"] as? String == "translated")
      #expect(served.contains(message["mappingVersion"] as? String ?? ""))
    }
  }

  private static func version(_ mapping: String, in folder: String) throws -> String? {
    MappingVersions(try MappingFolder.load(folder)).each[mapping]
  }

  /// Marks and versions of hubs go together, contacts never see the other mark, and everything is accepted.
  private func check(_ answers: [RunningGateway.Answer]) throws {
    #expect(answers.count > 180 && answers.allSatisfy { [200, 202].contains($0.status) })
    var versions: [String: Set<String>] = [:]
    for answer in answers where answer.text.contains("\"Bundle\"") {
      let mark = ["A", "B"].first { answer.text.contains("\"\($0):Tolvansson\"") }
      versions[mark ?? "neither", default: []].insert(answer.version)
    }
    #expect(Set(versions.keys) == ["A", "B"])
    #expect(versions.values.allSatisfy { $0.count == 1 } && Set(versions.values.joined()).count == 2)
    let contacts = answers.filter { $0.text.contains("Contact") }
    #expect(contacts.count > 60 && contacts.allSatisfy { $0.text.contains(">Tolvansson<") })
    #expect(Set(contacts.map(\.version)).count == 2)
  }

  @Test("A ConfigMap's links are followed, and its exchange is noticed")
  func configMap() throws {
    defer { try? FileManager.default.removeItem(atPath: root) }
    let folder = root + "/mounted"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for (name, mark) in [("..1", "A"), ("..2", "B")] {
      try EditableMappings(at: "\(folder)/\(name)").mark(mark)
    }
    try EditableMappings.point(folder + "/..data", to: "..1")
    for name in ["a", "b", "hub"] {
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder)/\(name)", withDestinationPath: "..data/\(name)")
    }
    let gateway = try RunningGateway(mappings: folder)
    defer {
      gateway.stop()
      gateway.remove()
    }
    let before = try gateway.mappings()
    #expect(before.versions.count == 2)
    try EditableMappings.point(folder + "/..data", to: "..2")
    let after = try gateway.mappings { $0.version != before.version }
    #expect(after.version == MappingVersions(try MappingFolder.load(folder + "/..2")).all)
  }
}

/// Threads that ask again and again until it is over, each at least once.
private final class AskingThreads: Sendable {
  private struct State {
    var isOver = false
    var answers: [RunningGateway.Answer] = []
    var error: (any Error)?
  }

  private let state = Mutex(State())
  private let running = DispatchGroup()

  func start(_ ask: @escaping @Sendable () throws -> [RunningGateway.Answer]) {
    running.enter()
    Thread.detachNewThread { [self] in
      repeat {
        let told = Result { try ask() }
        state.withLock { state in
          switch told {
          case .success(let answers): state.answers += answers
          case .failure(let error): state.error = error
          }
        }
      } while !state.withLock { $0.isOver || $0.error != nil }
      running.leave()
    }
  }

  /// Waits for the last answers.
  func end() throws -> [RunningGateway.Answer] {
    state.withLock { $0.isOver = true }
    running.wait()
    return try state.withLock { state in
      if let error = state.error { throw error }
      return state.answers
    }
  }
}
