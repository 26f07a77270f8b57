import Foundation
import Gateway
import HTTP
import Mapping
import Store

/// How long web booking waits for a unit's free times (GetAvailableTimeslots, GetAvailableDates) where a whole region's
/// time books are in the store.
struct FreeTimesBench {
  private static let key = Array("a key of no secrecy, 32 bytes long".utf8).prefix(32)
  private static let doctors = 20
  private static let days = 20
  private static let timesEach = 16
  private static let rounds = 5

  let folder: String
  let units: Int
  private let first: Date

  static func run(in folder: String, units: Int) throws {
    try FreeTimesBench(folder: folder, units: units, first: Date(timeIntervalSinceNow: 30 * 86_400)).run()
  }

  private func run() throws {
    try fill()
    let gateway = try Gateway(
      mappings: "Mappings",
      try GatewayConfiguration(
        text: """
          port: 0
          data: \(folder)/data
          systems: anybody
          rivta: {addresses: {SE-ALL: all}}

          """, named: "sluss.yaml"))
    defer { gateway.stop() }
    let client = try HTTPClient()
    for (name, contract, days) in [
      ("day", "GetAvailableTimeslots", 1), ("week", "GetAvailableTimeslots", 7),
      ("month", "GetAvailableTimeslots", 31), ("dates", "GetAvailableDates", 31),
    ] {
      var seconds: [Double] = []
      for round in 0..<Self.rounds {
        let began = ContinuousClock.now
        let answer = try client.send(request(gateway.port, contract, unit: round % units, days: days))
        seconds.append((ContinuousClock.now - began).inSeconds)
        precondition(answer.status == 200 && answer.body.count > 2000, "\(contract): \(answer.status)")
      }
      Rate.report("free.\(name)", 1 / seconds.sorted()[Self.rounds / 2])
    }
  }

  // MARK: the region's time books

  private func fill() throws {
    let library = try MappingFolder.load("Mappings")
    try FileManager.default.createDirectory(atPath: folder + "/data", withIntermediateDirectories: true)
    _ = FileManager.default.createFile(
      atPath: folder + "/data/pseudonym.key", contents: Data(Self.key),
      attributes: [.posixPermissions: 0o600])
    let store = try SQLiteMessageStore(path: folder + "/data/sluss.sqlite")
    defer { store.close() }
    let (translator, mapping) = (Translator(library), try library.mapping("visiba/timeslots"))
    let merger = HubMerger(library, names: HubPseudonyms(key: Array(Self.key)))
    let ended = DispatchSemaphore(value: 0)
    for number in 0..<(units * Self.doctors) {
      let id = "m-\(number)"
      let receipt = Receipt(received: "2026-11-21T10:15:00+01:00", id: id)
      try translator.read(
        Array(timeBook(number % units, number / units).utf8), as: mapping, named: id, receipt: receipt)
      let event = HubEvent(
        message: id, mapping: mapping.name, mappingVersion: "1", received: 1_795_000_000_000,
        bundle: translator.hub())
      store.apply(try merger.merge(event, over: store).changes) { result in
        if case .failure(let error) = result { preconditionFailure("\(error)") }
        ended.signal()
      }
      ended.wait()
    }
  }

  private func timeBook(_ unit: Int, _ doctor: Int) -> String {
    let slots = (0..<(Self.days * Self.timesEach)).map { number in
      let time = start(day: number / Self.timesEach, number: number % Self.timesEach)
      return
        #"{"id": "S-\#(unit)-\#(doctor)-\#(number)", "status": "free", "start": "\#(time.start)", "end": "\#(time.end)", "form": "video"}"#
    }
    return """
      {"schedules": [{"id": "SC-\(unit)-\(doctor)", "lastUpdated": "2026-10-20T12:00:00+02:00",
      "healthcareService": {"id": "service-\(unit)", "name": "Läkarbesök via video"},
      "unit": {"hsaId": "SE2321000016-U\(unit)", "name": "Enhet \(unit)"},
      "practitioner": {"hsaId": "SE2321000016-D\(unit)X\(doctor)", "name": "Doktor \(doctor)"},
      "slots": [\(slots.joined(separator: ", "))]}]}
      """
  }

  private func start(day: Int, number: Int) -> (start: String, end: String) {
    let date = Self.text(first.addingTimeInterval(Double(day) * 86_400))
    let text = { (minutes: Int) -> String in
      let (hour, minute) = (8 + minutes / 60, minutes % 60)
      return "\(date)T\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute):00Z"
    }
    return (text(number * 15), text(number * 15 + 15))
  }

  /// `YYYY-MM-DD`, UTC.
  private static func text(_ date: Date) -> String { String(date.formatted(.iso8601).prefix(10)) }

  // MARK: asking

  private func request(_ port: UInt16, _ contract: String, unit: Int, days: Int) -> HTTPClientRequest {
    let ends = [first, first.addingTimeInterval(Double(days - 1) * 86_400)].map { date in
      Self.text(date).filter { $0 != "-" }
    }
    var request = HTTPClientRequest(method: "POST", url: "http://127.0.0.1:\(port)/rivta/x/rivtabp21")
    request.headers = [(name: "Content-Type", value: "text/xml; charset=utf-8")]
    let name = "urn:riv:crm:scheduling:\(contract)Responder:1"
    request.body = Array(
      """
      <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header>\
      <LogicalAddress xmlns="urn:riv:itintegration:registry:1">SE-ALL</LogicalAddress></s:Header><s:Body>\
      <r:\(contract) xmlns:r="\(name)" xmlns:e="\(name).1"><r:healthcare_facility>SE2321000016-U\(unit)</r:healthcare_facility>\
      <r:startDateInclusive>\(ends[0])</r:startDateInclusive><r:endDateInclusive>\(ends[1])</r:endDateInclusive>\
      <e:subject_of_care>191212121212</e:subject_of_care></r:\(contract)></s:Body></s:Envelope>
      """.utf8)
    request.limit = .seconds(60)
    request.maximumAnswerBytes = 64 << 20
    request.policy = HTTPClientPolicy(schemes: [.http], networks: [.loopback])
    return request
  }
}
