import Foundation
import TestRig
import Testing

/// The program itself: killed in the middle of a booking, and with one that is stuck.
@Suite(
  .enabled(if: SharedFolder.path != nil && Python.has("zeep"), "zeep or the shared folder is not there"),
  .serialized)
struct BookingOperationTests {
  /// The program on loopback, where anybody may do anything, with its neighbours.
  private final class Operated {
    let neighbours: BookingNeighbours
    let day = BookingDay()
    private(set) var sluss: SlussProcess
    private let folder: TemporaryFolder

    init() throws {
      neighbours = try BookingNeighbours()
      folder = try TemporaryFolder()
      let yaml = """
        systems: anybody
        port: 0
        data: \(folder.path)/data
        mappings: \(RepositoryFolder.path)/Mappings
        rivta:
          addresses: {SE2321000016-TESTVIDEO: source}
        targets:
        \(neighbours.targets)
        """
      try folder.write(Array(yaml.utf8), to: "sluss.yaml")
      sluss = try SlussProcess(in: folder.path)
      try push(day.timeslots(4), "visiba/timeslots")
    }

    func restart() throws {
      sluss.signal(SIGKILL)
      _ = sluss.end()
      sluss = try SlussProcess(in: folder.path)
    }

    private func push(_ message: [UInt8], _ mapping: String) throws {
      let told = try Program.run(
        "/usr/bin/curl", ["-sS", "--data-binary", "@-", sluss.url + "/in/" + mapping], input: message)
      #expect(told.output.contains("id"))
      _ = try eventually {
        try Program.run("/usr/bin/curl", ["-sS", sluss.url + "/messages?limit=1"]).output
          .contains(#""state":"translated""#)
      }
    }

    private func job(_ operation: String, _ body: [String: Any]) throws -> [UInt8] {
      let call: [String: Any] = [
        "wsdl": RIVTAContractFile.booking(operation).wsdl, "operation": operation, "address": BookingDay.unit,
        "body": body, "url": "\(sluss.url)/rivta/\(operation)/1/rivtabp21",
      ]
      return Array(try JSONSerialization.data(withJSONObject: ["calls": [call]]))
    }

    func ask(_ operation: String, _ body: [String: Any]) throws -> String {
      let script = RepositoryFolder.path + "/scripts/soap_client.py"
      return try Program.run(Python.path, [script], input: try job(operation, body)).output
    }

    /// Without waiting for the answer.
    func begin(_ operation: String, _ body: [String: Any]) throws -> ChildProcess {
      let file = try folder.write(try job(operation, body), to: "job.json")
      let script = RepositoryFolder.path + "/scripts/soap_client.py"
      return try ChildProcess("/bin/sh", ["-c", "\"$0\" \"$1\" < \"$2\"", Python.path, script, file])
    }
  }

  @Test("A booking in whose middle the program is killed goes on where it was, and is made once")
  func killed() throws {
    let operated = try Operated()
    // The platform takes its time: the journal has reserved, and no more.
    try operated.neighbours.platformFault(["late": 30])
    let asking = try operated.begin("MakeBooking", operated.day.booking(1))
    defer { asking.kill() }
    #expect(try eventually { try operated.neighbours.state().half.count == 1 })
    try operated.neighbours.platformFault(["late": 0])
    try operated.restart()
    #expect(
      try eventually {
        let state = try operated.neighbours.state()
        return state.isAgreed && state.journal.values.map(\.slot) == ["S-1"]
      })
    #expect(try operated.neighbours.asked().filter { $0 == "S01" }.count == 1)
  }

  @Test(
    "A stuck booking is shown by `sluss bookings`, holds what comes after it, and goes on when it is told")
  func stuck() throws {
    let operated = try Operated()
    let made = try operated.ask("MakeBooking", operated.day.booking(0))
    let id = try #require(made.firstMatch(of: /bookingId>([^<]+)</)?.1)
    let key = try #require(try operated.neighbours.state().journal.keys.first)
    // The platform has cancelled; the journal does not follow.
    try operated.neighbours.journalFault(["keep": [key]])
    let known: [String: Any] = ["healthcare_facility": BookingDay.unit, "bookingId": String(id)]
    #expect(try operated.ask("CancelBooking", known).contains("VP009"))
    let list = try operated.sluss.run("bookings", "list", "--state", "stuck")
    #expect(list.status == 0 && list.output.contains("annul") && !list.output.contains("191212121212"))
    let saga = try #require(list.output.split(separator: "\n").last?.split(separator: " ").first)
    #expect(try operated.sluss.run("bookings", "abandon", String(saga)).status == 1)
    try operated.neighbours.journalFault(["keep": [String]()])
    #expect(try operated.sluss.run("bookings", "resume", String(saga)).status == 0)
    #expect(try eventually { try operated.neighbours.state() == BookingNeighbours.State() })
    #expect(
      try eventually {
        try operated.sluss.run("bookings", "show", String(saga)).output.contains("accepted")
      })
    let metrics = try Program.run("/usr/bin/curl", ["-sS", operated.sluss.url + "/metrics"]).output
    #expect(
      metrics.contains(#"sluss_bookings_total{origin="web",wish="cancel",result="stuck"} 1"#)
        && metrics.contains(#"sluss_bookings_total{origin="web",wish="cancel",result="accepted"} 1"#))
    #expect(operated.sluss.told.contains("sluss can't go on with booking"))
  }
}
