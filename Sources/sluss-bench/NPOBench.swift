import Foundation
import Gateway
import HTTP
import Mapping
import Store

/// 200 concurrent NPÖ questions (GetCareContacts 3.0) over mutual TLS to a gateway with many patients, each answer logged
/// before it leaves, against only reading the same rows from the store.
enum NPOBench {
  private static let concurrent = 200
  private static let warmUp = 2.0

  /// - Parameters:
  ///   - folder: an empty folder but for `certificates`, made by `scripts/certificates`.
  ///   - patients: how many the store has.
  static func run(in folder: String, patients: Int, seconds: Double) throws {
    let crowd = NPOCrowd(folder: folder, patients: patients)
    try crowd.fill()
    Rate.report("npo.bare", try crowd.readRate(threads: 4, seconds: seconds / 2))
    let gateway = try Gateway(mappings: "Mappings", try configuration(folder))
    defer { gateway.stop() }
    var client = HTTPClientConfiguration()
    (client.maximumConnections, client.maximumConnectionsPerHost) = (concurrent, concurrent)
    let load = NPOLoad(
      try HTTPClient(configuration: client), requests: { request(gateway.port, folder, crowd.patient($0)) })
    _ = load.run(concurrent, seconds: warmUp)
    let times = load.run(concurrent, seconds: seconds)
    precondition(load.failures == 0, "\(load.failures) answers were none")
    Rate.report("npo.answered", Double(times.count) / seconds)
    Rate.report("npo.p50", 1 / times[times.count / 2])
    Rate.report("npo.p99", 1 / times[times.count * 99 / 100])
  }

  private static func configuration(_ folder: String) throws -> GatewayConfiguration {
    let files = folder + "/certificates"
    return try GatewayConfiguration(
      text: """
        port: 0
        data: \(folder)/data
        tls: {certificate: \(files)/server.pem, key: \(files)/server.key, client-authorities: \(files)/authority.pem}
        systems: {npo: {hsa-ids: SE2321000016-A001}}
        rivta:
          addresses: {SE-SYSTEM-1: source}
          consumers:
            npo: {contracts: "*", addresses: "*", own-checks: [blocks, consent, patient-relation]}

        """, named: "sluss.yaml")
  }

  private static func request(_ port: UInt16, _ folder: String, _ patient: String) -> HTTPClientRequest {
    var request = HTTPClientRequest(
      method: "POST", url: "https://localhost:\(port)/rivta/GetCareContacts/3/rivtabp21")
    request.headers = [(name: "Content-Type", value: "text/xml; charset=utf-8")]
    request.body = Array(
      """
      <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header>\
      <LogicalAddress xmlns="urn:riv:itintegration:registry:1">SE-SYSTEM-1</LogicalAddress></s:Header><s:Body>\
      <r:GetCareContacts xmlns:r="urn:riv:clinicalprocess:logistics:logistics:GetCareContactsResponder:3" \
      xmlns:c="urn:riv:clinicalprocess:logistics:logistics:3"><r:patientId><c:id>\(patient)</c:id>\
      <c:type>1.2.752.129.2.1.3.1</c:type></r:patientId></r:GetCareContacts></s:Body></s:Envelope>
      """.utf8)
    // All of them shake hands at once in the beginning.
    request.connectLimit = .seconds(20)
    request.limit = .seconds(60)
    let files = folder + "/certificates"
    request.identity = HTTPClientIdentity(
      certificateFile: files + "/client.pem", keyFile: files + "/client.key")
    request.trust = .authorities(file: files + "/authority.pem")
    request.policy = HTTPClientPolicy(schemes: [.https], networks: [.loopback])
    return request
  }
}
