import Diagnostics
import Foundation
import Gateway
import Mapping
import TestRig
import Testing

/// What Sluss alone tells: of what it has done, and what it bills.
@Suite("Mappings that are Sluss's own", .timeLimit(.minutes(60)))
struct OwnMappingTests {
  @Test("Nobody may hand in their messages, whatever rights they have")
  func refused() throws {
    let gateway = try RunningGateway()
    defer { gateway.remove() }
    for name in ["audit/entry", "audit/subject", "billing/visit", "billing/claim", "engagement-index/update"]
    {
      #expect(try gateway.post(Array("{}".utf8), to: "/in/\(name)").status == 403, "\(name)")
    }
    #expect(try gateway.post(Array("{}".utf8), to: "/in/visiba/visit-event").status != 403)
    let messages = try gateway.get("/messages?limit=10").json["messages"] as? [[String: Any]] ?? []
    #expect(messages.map { $0["mapping"] as? String } == ["visiba/visit-event"], "nothing of them is kept")
    gateway.stop()
  }

  @Test("The folder says so, and a folder that does not is refused by the check")
  func checked() throws {
    let folder = NSTemporaryDirectory() + "sluss-mappings-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.copyItem(atPath: RepositoryFolder.path + "/Mappings", toPath: folder)
    #expect(OwnMappings.faults(try MappingFolder.load(folder)).isEmpty)
    let file = folder + "/audit/entry.map.yaml"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    try text.replacing("sender: sluss\n", with: "").write(toFile: file, atomically: true, encoding: .utf8)
    let faults = OwnMappings.faults(try MappingFolder.load(folder))
    #expect(faults.map(\.place.file) == ["audit/entry.map.yaml"] && faults.first?.severity == .error)
    let told = try SlussProcess.run(["check", folder])
    #expect(told.status == 1 && told.told.contains("sender"))
    try text.replacing("sender: sluss\n", with: "sender: me\n").write(
      toFile: file, atomically: true, encoding: .utf8)
    #expect(throws: (any Error).self) { try MappingFolder.load(folder) }
  }

  @Test("A right that names one of them is warned of")
  func warned() throws {
    let library = try MappingFolder.load(RepositoryFolder.path + "/Mappings")
    let hash = "sha256:" + String(repeating: "0", count: 64)
    func warnings(_ right: String) throws -> [String] {
      try GatewayConfiguration(
        text: "systems: {video: {tokens: \"\(hash)\", push: \"\(right)\"}}\n", named: "sluss.yaml"
      ).warnings(in: library).filter { $0.contains("only Sluss itself") }
    }
    #expect(try warnings("audit/entry").count == 1)
    #expect(try warnings("*").isEmpty)
  }
}
