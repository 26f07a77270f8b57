import Foundation
import Gateway
import TestRig

/// A gateway with the repository's mappings, and what finance does with it.
final class FinanceTrial {
  let gateway: RunningGateway
  let mappings: String
  /// Yesterday, so that a visit of that day can be billed today.
  let day: String

  /// - Parameter sending: what stands under `sending` in billing's rules; nil for nothing.
  init(sending: String? = nil, targets: [String: TargetConfiguration] = [:]) throws {
    mappings = NSTemporaryDirectory() + "sluss-mappings-" + UUID().uuidString
    try FileManager.default.copyItem(atPath: RepositoryFolder.path + "/Mappings", toPath: mappings)
    let formatter = ISO8601DateFormatter()
    formatter.formatOptions = [.withFullDate]
    day = formatter.string(from: Date(timeIntervalSinceNow: -86_400))
    if let sending {
      try Self.change(
        "\(mappings)/billing/rules.yaml", "payment-days: 30", "payment-days: 30\nsending: \(sending)")
    }
    gateway = try RunningGateway(mappings: mappings, targets: targets)
  }

  func end() {
    gateway.stop()
    gateway.remove()
    try? FileManager.default.removeItem(atPath: mappings)
  }

  func change(_ file: String, _ old: String, _ new: String) throws {
    try Self.change("\(mappings)/\(file)", old, new)
  }

  private static func change(_ path: String, _ old: String, _ new: String) throws {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try text.replacing(old, with: new).write(toFile: path, atomically: true, encoding: .utf8)
  }

  /// Hands in a completed visit of yesterday by a patient from Skåne.
  func visit(_ number: Int = 1, change: (String) -> String = { $0 }) throws {
    let file = RepositoryFolder.path + "/Mappings/visiba/cases/completed-visit/event.json"
    let event = try String(contentsOfFile: file, encoding: .utf8)
      .replacing("2026-11-20", with: day).replacing("V-2026-000123", with: "V-\(number)")
      .replacing("E-2026-000417", with: "E-\(number)").replacing("1912-12-12", with: "1980-12-12")
    try hand(in: change(event), to: "visiba/visit-event")
  }

  func hand(in message: String, to mapping: String) throws {
    let answer = try gateway.post(Array(message.utf8), to: "/in/\(mapping)")
    guard let id = answer.json["id"] as? String else { throw Refused(text: answer.text) }
    // Its trace alone is in no log.
    _ = try eventually {
      let message = try gateway.get("/messages/\(id)/trace").json["message"] as? [String: Any]
      return message?["state"] as? String != "received"
    }
  }

  struct Refused: Error {
    let text: String
  }

  func ask(_ path: String) throws -> RunningGateway.Answer { try gateway.get("/billing/" + path) }

  func act(_ path: String, _ body: String = "") throws -> RunningGateway.Answer {
    try gateway.post(Array(body.utf8), to: "/billing/" + path)
  }

  /// Asks until the answer has a line with the text.
  func lines(_ path: String, until text: String) throws -> [String] {
    try look {
      try ask(path).json["lines"] as? [String] ?? []
    } until: {
      $0.contains { $0.contains(text) }
    }
  }
}
