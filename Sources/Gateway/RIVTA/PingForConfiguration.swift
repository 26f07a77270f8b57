/// PingForConfiguration 1.0 (itintegration:monitoring): whether the gateway is there, and what it answers.
struct PingForConfiguration: RIVTAService {
  static let contract = RIVTAContract(
    name: "PingForConfiguration/1",
    namespace: "urn:riv:itintegration:monitoring:PingForConfigurationResponder:1",
    element: "PingForConfiguration", binding: .ping)

  func answer(_ call: RIVTACall) async throws(RIVTAFault) -> RIVTAAnswer {
    let lines = call.served.contracts.all.map { contract in
      "<configuration><name>\(contract.name)</name><value>\(contract.namespace)</value></configuration>"
    }
    let text = """
      <PingForConfigurationResponse xmlns="\(call.contract.namespace)">\
      <version>\(call.served.versions.all)</version>\
      <pingDateTime>\(SwedishTime.text(call.trip.received))</pingDateTime>\
      \(lines.joined())</PingForConfigurationResponse>
      """
    return RIVTAAnswer(document: Array(text.utf8))
  }
}
