import Foundation
import TestRig
import Testing

/// What people book, move and cancel in their own systems, told by their messages.
@Suite(.enabled(if: TestCertificates.isPossible, "openssl is not there"), .serialized)
struct BookingHearingTests {
  private static let number = "J-55501"
  private static let slot = "S-2026-11-20-1015"
  private static let patient = "191212121212"

  private func notice(_ event: String, slot: String = slot) throws -> [UInt8] {
    let text = String(
      decoding: try RepositoryFolder.bytes("Mappings/journal/cases/booking-new/message.hl7"), as: UTF8.self)
    return Array(
      text.replacing("SIU^S12", with: "SIU^\(event)").replacing("M-1|", with: "\(event)-\(slot)|")
        .replacing("20261118080211", with: event == "S12" ? "20261118080211" : "20261118090211")
        .replacing(Self.slot, with: slot).utf8)
  }

  @Test("What is booked, moved and cancelled in the journal is so on the platform")
  func journal() throws {
    let running = try RunningBookings(slots: 1)
    let neighbours = running.neighbours
    #expect(
      try neighbours.actInJournal([
        "do": "book", "booking": Self.number, "slot": Self.slot, "patient": Self.patient,
        "start": "20261120101500", "end": "20261120103000",
      ]) != nil)
    try running.push(try notice("S12"), "journal/siu")
    let first = BookingNeighbours.Time(slot: Self.slot, patient: Self.patient)
    #expect(try running.comesTo { $0.platform == [Self.number: first] })
    #expect(
      try neighbours.actInJournal([
        "do": "move", "booking": Self.number, "slot": "S-X", "start": "20261120101500",
        "end": "20261120103000",
      ]) != nil)
    try running.push(try notice("S13", slot: "S-X"), "journal/siu")
    #expect(try running.comesTo { $0.platform[Self.number]?.slot == "S-X" && $0.isAgreed })
    #expect(try neighbours.actInJournal(["do": "cancel", "booking": Self.number]) != nil)
    try running.push(try notice("S15", slot: "S-X"), "journal/siu")
    #expect(try running.comesTo { $0.platform.isEmpty && $0.journal.isEmpty })
  }

  private func event(_ day: BookingDay, _ id: String, slot: Int, status: String = "booked") -> [UInt8] {
    Array(
      """
      {"messageId": "E-\(id)-\(slot)-\(status)", "action": "create", "sentAt": "2026-11-21T10:15:0\(status == "booked" ? slot : 9)+01:00",
      "sender": "SE2321000016-TESTVIDEO", "appointment": {"resourceType": "Appointment", "id": "\(id)", "status": "\(status)",
      "form": "video", "start": "\(day.instant(slot))", "end": "\(day.instant(slot + 1))", "slot": "S-\(slot)", "approvedForPatient": true},
      "unit": {"hsaId": "SE2321000016-TESTVIDEO", "name": "Min vård Testköping", "careUnit": "SE2321000016-TESTUNIT", "careGiver": "SE2321000016-TESTGIVER"},
      "patient": {"personalNumber": "\(Self.patient)", "givenName": "Tolvan", "familyName": "Tolvansson", "protectedIdentity": false}}
      """.utf8)
  }

  @Test(
    "What is booked on the platform is booked in the journal; what the journal refuses is taken back there")
  func platform() throws {
    let running = try RunningBookings(slots: 4)
    let (neighbours, day) = (running.neighbours, running.day)
    let book = { (name: String, slot: Int) in
      try neighbours.actInPlatform([
        "do": "book", "booking": name, "slot": "S-\(slot)", "patient": Self.patient,
        "start": day.instant(slot),
      ])?["id"] as? String ?? ""
    }
    let id = try book("mine", 1)
    try running.push(event(day, id, slot: 1), "visiba/booking")
    #expect(
      try running.comesTo { state in
        state.journal.values.map(\.slot) == ["S-1"] && state.half.isEmpty && state.platform.count == 1
      })
    // A time that the journal has given to somebody else.
    #expect(
      try neighbours.actInJournal(["do": "book", "booking": "J-9", "slot": "S-2", "patient": "x"]) != nil)
    let other = try book("other", 2)
    try running.push(event(day, other, slot: 2), "visiba/booking")
    #expect(try running.comesTo { $0.platform.values.map(\.slot) == ["S-1"] })
    // And its own, cancelled there.
    #expect(try neighbours.actInPlatform(["do": "cancel", "booking": "mine"]) != nil)
    try running.push(event(day, id, slot: 1, status: "cancelled"), "visiba/booking")
    #expect(try running.comesTo { $0.journal.values.map(\.slot) == ["S-2"] && $0.platform.isEmpty })
  }
}
