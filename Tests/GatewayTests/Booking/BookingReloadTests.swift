import Foundation
import TestRig
import Testing

/// `booking.yaml` is loaded with the mappings while the gateway runs.
@Suite(.enabled(if: RunningRIVTA.isPossible, "openssl, zeep or the shared folder is not there"))
struct BookingReloadTests {
  /// A copy of the repository's mappings.
  private func mappings() throws -> String {
    let path = NSTemporaryDirectory() + "sluss-" + UUID().uuidString
    try FileManager.default.copyItem(atPath: RepositoryFolder.path + "/Mappings", toPath: path)
    return path
  }

  private func change(_ old: String, _ new: String, in folder: String) throws {
    let file = folder + "/booking.yaml"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    try #require(text.contains(old))
    try text.replacing(old, with: new).write(toFile: file, atomically: true, encoding: .utf8)
  }

  private func served(_ running: RunningBookings) throws -> String {
    try running.curl([], "/health").output
  }

  @Test("New words are told from the next request on, and a file that can't be read leaves those before")
  func reload() throws {
    let folder = try mappings()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let running = try RunningBookings(slots: 1, mappings: folder)
    #expect(try !running.book(0).isEmpty)
    let again = running.day.booking(0, patient: BookingDay.patients[1])
    let told = { try running.ask("MakeBooking", again).texts("resultText") }
    #expect(try told().first?.hasPrefix("Tiden ") == true)
    try change("Tiden är inte längre ledig. Välj en annan tid.", "Upptaget.", in: folder)
    #expect(try eventually { try told() == ["Upptaget."] })
    try change("visiba/booking, answer: visiba/booking", "visiba/nothing, answer: visiba/booking", in: folder)
    let health = try look({ try served(running) }, until: { $0.contains("visiba/nothing") })
    #expect(health.contains("visiba/nothing"), Comment(rawValue: health))
    #expect(try told() == ["Upptaget."])
  }
}
