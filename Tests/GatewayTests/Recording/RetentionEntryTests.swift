import Audit
import Foundation
import Gateway
import Store
import TestRig
import Testing

@Suite("The audit log of a gateway that removes", .timeLimit(.minutes(60)))
struct RetentionEntryTests {
  private let data = NSTemporaryDirectory() + "sluss-" + UUID().uuidString

  @Test("tells what retention has removed, once")
  func removed() throws {
    defer { try? FileManager.default.removeItem(atPath: data) }
    let configured = try GatewayConfiguration(
      text: "systems: anybody\nretention: {messages: {visiba/patient: 1 s}, look-every: 100 ms}\n",
      named: "sluss.yaml")
    let gateway = try RunningGateway(data: data) { $0.retention = configured.retention }
    let folder = RepositoryFolder.path + "/Mappings/visiba/cases"
    let cases = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    let file = try #require(
      cases.map { "\(folder)/\($0)/patient.json" }.first { FileManager.default.fileExists(atPath: $0) })
    let body = Array(try Data(contentsOf: URL(fileURLWithPath: file)))
    let id = try #require(try gateway.post(body, to: "/in/visiba/patient").json["id"] as? String)
    #expect(try eventually { try gateway.get("/messages/\(id)/raw").status == 410 })
    gateway.stop()
    let entries = try GatewayLog(data).events().filter { $0.action == .delete && $0.route == "retention" }
    #expect(
      entries.count == 1 && entries.first?.system == "sluss" && entries.first?.correlation.isEmpty == false)
  }
}
