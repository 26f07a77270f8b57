import Diagnostics
import Foundation
import Gateway
import Mapping
import TestRig
import Testing

/// HL7 v2's time stamps (v2.5.1, section 2.A.22) on their way to the hub and back, through the journal's
/// mapping.
struct HL7v2TimestampTests {
  private let mapping: Mapping
  private let translator: Translator

  init() throws {
    let library = try MappingFolder.load(RepositoryFolder.path + "/Mappings")
    mapping = try library.mapping("journal/adt")
    translator = Translator(library)
  }

  private func message(birth: String = "", start: String = "") -> [UInt8] {
    let segments = [
      "MSH|^~\\&|A||B||20261121101500||ADT^A01^ADT_A01|1|P|2.5.1", "EVN||20261121101500",
      "PID|||191212121212^^^&1.2.752.129.2.1.3.1&ISO||Test||\(birth)",
      "PV1||I" + String(repeating: "|", count: 42) + start,
    ]
    return Array(segments.map { $0 + "\r" }.joined().utf8)
  }

  /// What a message makes of the hub, and of itself again.
  private func translated(_ message: [UInt8]) throws -> (hub: String, back: String) {
    let receipt = Receipt(received: "2026-11-21T10:15:00+01:00", id: "1")
    try translator.read(message, as: mapping, named: "test", receipt: receipt)
    let back = String(decoding: try translator.write(as: mapping), as: UTF8.self)
    return (String(decoding: translator.hub(), as: UTF8.self), back)
  }

  @Test(
    "A time stamp is an instant of the zone; what it leaves out is 0",
    arguments: [
      ("20261121101500", "2026-11-21T10:15:00+01:00", "20261121101500"),
      ("202611211015", "2026-11-21T10:15:00+01:00", "20261121101500"),
      ("2026112110", "2026-11-21T10:00:00+01:00", "20261121100000"),
      ("20260701101500.1234", "2026-07-01T10:15:00.1234+02:00", "20260701101500.1234"),
      ("20261121101500+0000", "2026-11-21T11:15:00+01:00", "20261121111500"),
      ("202611211015-0530", "2026-11-21T16:45:00+01:00", "20261121164500"),
      ("20261025023000", "2026-10-25T02:30:00+02:00", "20261025023000"),
      ("20261025023000+0100", "2026-10-25T02:30:00+01:00", "20261025023000+0100"),
      ("20260329023000+0100", "2026-03-29T03:30:00+02:00", "20260329033000"),
      ("20240229235959", "2024-02-29T23:59:59+01:00", "20240229235959"),
    ])
  func instants(_ written: String, _ instant: String, _ again: String) throws {
    let (hub, back) = try translated(message(start: written))
    #expect(hub.contains("\"start\":\"\(instant)\""), "\(hub)")
    #expect(back.hasSuffix("|\(again)\r"), "\(back)")
  }

  @Test(
    "A birth date may be a year, a month, a day or a time of day, which is left out",
    arguments: [
      ("1912", "1912", "1912"), ("191212", "1912-12", "191212"), ("19121212", "1912-12-12", "19121212"),
      ("191212120815", "1912-12-12", "19121212"), ("19121212081500.1+0100", "1912-12-12", "19121212"),
    ])
  func dates(_ written: String, _ date: String, _ again: String) throws {
    let (hub, back) = try translated(message(birth: written))
    #expect(hub.contains("\"birthDate\":\"\(date)\""), "\(hub)")
    #expect(back.contains("^L||\(again)\r"), "\(back)")
  }

  @Test(
    "What is no time stamp, or not precise enough, is refused",
    arguments: [
      "20261121", "2026", "202611211", "20261121246000", "20261121106000", "20260229101500", "20261321101500",
      "20261121101500.", "20261121101500.12345", "202611211015.5", "20261121101500Z", "20261121101500+01:00",
      "20261121101500+1500", "2026112110150000", "00001121101500", " 20261121101500x", "20261121101500+01000",
    ])
  func refused(_ written: String) throws {
    let error = #expect(throws: DiagnosticError.self) { try translated(message(start: written)) }
    #expect(error?.diagnostics.map(\.code) == [.invalidValue])
    #expect(error?.diagnostics.first?.place.path == "PV1-44")
  }

  @Test("A time that the clocks skipped is refused unless it has an offset")
  func skipped() throws {
    let error = #expect(throws: DiagnosticError.self) { try translated(message(start: "20260329023000")) }
    #expect(error?.diagnostics.map(\.code) == [.skippedLocalTime])
  }

  @Test("Damaged messages are translated or refused with places", arguments: 0..<50)
  func damaged(_ seed: Int) throws {
    var random = Seeded(seed: UInt64(seed))
    var bytes = message(birth: "19121212", start: "202611211015")
    for _ in 0..<40 {
      let at = bytes.indices.randomElement(using: &random) ?? 0
      switch Int.random(in: 0..<3, using: &random) {
      case 0: bytes.remove(at: at)
      case 1: bytes.insert("|^~\\&\r\"PIDMSHV1".utf8.randomElement(using: &random) ?? 0, at: at)
      default: bytes[at] = UInt8.random(in: 0...255, using: &random)
      }
      do {
        _ = try translated(bytes)
      } catch let error as DiagnosticError {
        #expect(!error.diagnostics.isEmpty && error.diagnostics.allSatisfy { $0.place.line > 0 })
      }
    }
  }
}
