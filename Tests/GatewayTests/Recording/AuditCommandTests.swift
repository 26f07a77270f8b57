import Audit
import Foundation
import Store
import TestRig
import Testing

/// `sluss audit` on the store of a gateway that stands still.
@Suite("sluss audit", .timeLimit(.minutes(60)))
struct AuditCommandTests {
  private let data = NSTemporaryDirectory() + "sluss-" + UUID().uuidString

  private func run(_ words: String...) throws -> Program {
    try SlussProcess.run(["audit"] + words + ["--data", data, "--keys", data + "/audit"])
  }

  private static let other = PatientIdentifier(system: GatewayLog.tolvan.system, value: "201212121212")

  @Test("erase makes a patient unreadable in entries and in the file, and every proof stays valid")
  func erase() async throws {
    defer { try? FileManager.default.removeItem(atPath: data) }
    let readings = (0..<300).map { GatewayLog.reading($0, of: $0 % 2 == 0 ? GatewayLog.tolvan : Self.other) }
    try await GatewayLog(data).append(readings)
    #expect(try run("export", data + "/before", "3", "--as", "DPO").status == 0)
    #expect(try run("erase", "--as", "DPO").status != 0, "without a patient nothing is done")
    #expect(try run("erase", "--patient", GatewayLog.tolvan.value).status != 0, "without a name neither")

    let told = try run("erase", "--patient", GatewayLog.tolvan.value, "--as", "DPO")
    #expect(told.status == 0 && told.output.contains("destroyed"))
    #expect(!told.told.contains(GatewayLog.tolvan.value))
    let report = try run("report", "--patient", GatewayLog.tolvan.value, "--as", "DPO", "--format", "csv")
    #expect(report.status == 0 && !report.output.contains(GatewayLog.tolvan.value))
    let kept = try GatewayLog(data)
    let events = try kept.events()
    #expect(
      events.filter { $0.action == .read && $0.message.hasPrefix("m-") }.map(\.patient)
        == (0..<300).map { $0 % 2 == 0 ? nil : Self.other })
    #expect(events.contains { $0.action == .erase && $0.person == "DPO" })
    kept.store.close()
    #expect(try run("verify", "--store").status == 0)
    #expect(try run("verify", data + "/before").status == 0)
  }

  @Test("archive lets old records go that are proved still, and none that are younger than five years")
  func archive() async throws {
    defer { try? FileManager.default.removeItem(atPath: data) }
    let old = (0..<600).map { number in
      var event = GatewayLog.reading(number)
      event.time -= 6 * 366 * 86_400_000
      return event
    }
    try await GatewayLog(data).append(old + (600..<610).map { GatewayLog.reading($0) })
    #expect(try run("export", data + "/before", "7", "--as", "DPO").status == 0)
    let young = try run("archive", "--until", "2026-11-01", "--as", "DPO")
    #expect(young.status != 0 && young.told.contains("five years") || young.told.contains("5 years"))
    let told = try run("archive", "--until", "2021-06-01", "--as", "DPO")
    #expect(told.status == 0 && told.output.contains("before 512 are gone"), "\(told.told)")
    let kept = try GatewayLog(data)
    #expect(try kept.store.auditEntries(from: 0, limit: 1).first?.number == 512)
    #expect(try kept.events().contains { $0.action == .archive && $0.correlation == "512" })
    kept.store.close()
    let verified = try run("verify", "--store")
    #expect(verified.status == 0 && verified.output.contains("all is well"))
    #expect(try run("verify", data + "/before").status == 0)
    #expect(try run("export", data + "/after", "600", "--as", "DPO").status == 0)
    #expect(try run("verify", data + "/after").status == 0)
  }
}
