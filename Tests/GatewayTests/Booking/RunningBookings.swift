import Foundation
import Gateway
import TestRig

/// A gateway with a journal and a video platform beside it, over mutual TLS, and zeep to book with.
final class RunningBookings {
  static let settings = """
    tls: {certificate: DIR/server.pem, key: DIR/server.key, client-authorities: DIR/authority.pem}
    systems:
      web: {hsa-ids: SE2321000016-A001, push: "*", see: "*", rerun: "*", metrics: true}
    rivta:
      id: SE2321000016-SLUSS
      addresses: {SE2321000016-TESTVIDEO: source, SE-OTHER: source}
      consumers:
        web: {contracts: "*", addresses: "*"}
    targets:

    """

  let neighbours: BookingNeighbours
  let day = BookingDay()
  let certificates: TestCertificates
  private let folder: TemporaryFolder
  private let gateway: Gateway

  /// With some free times, a doctor and a service.
  /// - Parameters:
  ///   - mappings: the mappings' folder; nil for the repository's.
  ///   - store: the section `store` of sluss.yaml; empty for SQLite.
  init(slots: Int = 4, mappings: String? = nil, store: String = "") throws {
    neighbours = try BookingNeighbours()
    certificates = try TestCertificates()
    folder = try TemporaryFolder()
    let text = (store + Self.settings + neighbours.targets).replacing("DIR", with: certificates.path(""))
    var configuration = try GatewayConfiguration(text: text, named: "sluss.yaml")
    configuration.port = 0
    configuration.dataFolder = folder.path
    gateway = try Gateway(mappings: mappings ?? RepositoryFolder.path + "/Mappings", configuration)
    let cases = "Mappings/visiba/cases"
    try push(day.timeslots(slots), "visiba/timeslots")
    try push(
      try RepositoryFolder.bytes("\(cases)/practitioner-everything/practitioner.json"), "visiba/practitioner")
    try push(
      try RepositoryFolder.bytes("\(cases)/service-everything/service.json"), "visiba/healthcare-service")
  }

  deinit { gateway.stop() }

  var url: String { "https://localhost:\(gateway.port)" }

  struct NotTaken: Error {
    let told: String
  }

  /// Hands a message in and waits until it is translated.
  func push(_ message: [UInt8], _ mapping: String) throws {
    let told = try curl(["--data-binary", "@-"], "/in/\(mapping)", message)
    let object = try JSONSerialization.jsonObject(with: Data(told.bytes)) as? [String: Any]
    guard let id = object?["id"] as? String else { throw NotTaken(told: told.told) }
    let trace = try look {
      try curl([], "/messages/\(id)/trace").output
    } until: {
      $0.contains(#""state":"translated""#)
    }
    guard trace.contains(#""state":"translated""#) else { throw NotTaken(told: trace) }
  }

  func curl(_ options: [String], _ path: String, _ input: [UInt8] = []) throws -> Program {
    try Program.run(
      "/usr/bin/curl",
      ["-sS", "--max-time", "300", "--cacert", certificates.path("authority.pem")]
        + ["--cert", certificates.path("client.pem"), "--key", certificates.path("client.key")] + options
        + ["https://localhost:\(gateway.port)\(path)"], input: input)
  }

  func ask(_ calls: [(operation: String, body: [String: Any])]) throws -> [RunningRIVTA.Answer] {
    try RunningRIVTA.ask(
      calls.map { call in
        RunningRIVTA.Call(contract: .booking(call.operation), address: BookingDay.unit, body: call.body)
      }, at: gateway.port, certificates)
  }

  func ask(_ operation: String, _ body: [String: Any], at address: String = BookingDay.unit) throws
    -> RunningRIVTA.Answer
  {
    let call = RunningRIVTA.Call(contract: .booking(operation), address: address, body: body)
    let answers = try RunningRIVTA.ask([call], at: gateway.port, certificates)
    guard let answer = answers.first else { throw NotTaken(told: operation) }
    return answer
  }

  /// Books and returns the booking's id; empty when it is refused.
  func book(_ number: Int, patient: String = BookingDay.patients[0]) throws -> String {
    try ask("MakeBooking", day.booking(number, patient: patient)).texts("bookingId").first ?? ""
  }

  /// Whether it is so of the neighbours at last.
  func comesTo(_ isSo: (BookingNeighbours.State) throws -> Bool) throws -> Bool {
    try eventually { try isSo(neighbours.state()) }
  }
}

extension BookingNeighbours.State {
  /// The same bookings at the same times in both, none of them half made.
  var isAgreed: Bool { journal == platform && half.isEmpty }
}
