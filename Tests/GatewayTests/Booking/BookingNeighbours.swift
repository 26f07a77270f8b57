import Foundation
import TestRig

/// A running journal and a running video platform, with their people and their faults.
final class BookingNeighbours: Sendable {
  private let journal, platform: NeighbourProcess

  init() throws {
    journal = try NeighbourProcess("journal.py")
    platform = try NeighbourProcess("video_platform.py")
  }

  /// A time of a patient's, as one of them has it.
  struct Time: Equatable {
    let slot, patient: String
  }

  struct State: Equatable {
    var journal: [String: Time] = [:]
    /// Bookings that are reserved and not confirmed, or hold a second time.
    var half: Set<String> = []
    var platform: [String: Time] = [:]
  }

  var journalPort: UInt16 { journal.port }
  var platformPort: UInt16 { platform.port }

  /// The lines of `targets` in a `sluss.yaml`.
  var targets: String {
    """
      journal-bookings: {mllp: {host: 127.0.0.1, port: \(journal.port)}}
      platform-bookings: {http: {url: "http://127.0.0.1:\(platform.port)", network: loopback}}
    """
  }

  func state() throws -> State {
    var state = State()
    for (id, entry) in try object("GET", control, "/state") as? [String: [String: Any]] ?? [:] {
      state.journal[id] = Self.time(entry)
      if entry["confirmed"] as? Bool != true || entry["held"] is String { state.half.insert(id) }
    }
    let told = try object("GET", platform.port, "/") as? [String: Any]
    for (id, entry) in told?["appointments"] as? [String: [String: Any]] ?? [:]
    where entry["status"] as? String == "booked" {
      state.platform[id] = Self.time(entry)
    }
    return state
  }

  /// The events that the journal was asked with.
  func asked() throws -> [String] { try object("GET", control, "/asked") as? [String] ?? [] }

  func journalFault(_ fault: [String: Any]) throws { _ = try object("PUT", control, "/fault", fault) }
  func platformFault(_ fault: [String: Any]) throws { _ = try object("PUT", platform.port, "/fault", fault) }

  /// What people do there; nil when it does not let them.
  func actInJournal(_ deed: [String: Any]) throws -> [String: Any]? { try act(control, deed) }
  func actInPlatform(_ deed: [String: Any]) throws -> [String: Any]? { try act(platform.port, deed) }

  private func act(_ port: UInt16, _ deed: [String: Any]) throws -> [String: Any]? {
    let told = try object("POST", port, "/act", deed) as? [String: Any]
    return told?["done"] as? Bool == true ? told : nil
  }

  private static func time(_ entry: [String: Any]) -> Time {
    Time(slot: entry["slot"] as? String ?? "", patient: entry["patient"] as? String ?? "")
  }

  private var control: UInt16 {
    get throws {
      let text = try String(contentsOfFile: journal.folder + "/control", encoding: .utf8)
      return UInt16(text) ?? 0
    }
  }

  private func object(
    _ method: String, _ port: UInt16, _ path: String, _ body: [String: Any]? = nil
  ) throws -> Any {
    let data = try body.map { try JSONSerialization.data(withJSONObject: $0) } ?? Data()
    let told = try Program.run(
      "/usr/bin/curl",
      ["-sS", "--max-time", "300", "-X", method, "--data-binary", "@-", "http://127.0.0.1:\(port)\(path)"],
      input: Array(data))
    return try JSONSerialization.jsonObject(with: Data(told.bytes))
  }
}
