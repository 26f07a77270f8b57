import Foundation

/// PingForConfiguration 1.0 (itintegration:monitoring): whether the gateway is there, and what it answers.
struct PingForConfiguration: RIVTAService {
  static let contract = RIVTAContract(
    name: "PingForConfiguration/1",
    namespace: "urn:riv:itintegration:monitoring:PingForConfigurationResponder:1",
    element: "PingForConfiguration", binding: .ping)

  let contracts: RIVTAContracts

  func answer(_ call: RIVTACall) async throws(RIVTAFault) -> RIVTAAnswer {
    let lines = contracts.all.map { contract in
      "<configuration><name>\(contract.name)</name><value>\(contract.namespace)</value></configuration>"
    }
    let text = """
      <PingForConfigurationResponse xmlns="\(call.contract.namespace)">\
      <version>\(call.served.versions.all)</version>\
      <pingDateTime>\(Self.time(call.trip.received))</pingDateTime>\
      \(lines.joined())</PingForConfigurationResponse>
      """
    return RIVTAAnswer(document: Array(text.utf8))
  }

  /// Swedish local time, `YYYYMMDDhhmmss`.
  private static func time(_ milliseconds: Int64) -> String {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = TimeZone(identifier: "Europe/Stockholm") ?? .gmt
    let date = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
    let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: date)
    let rest = [parts.month, parts.day, parts.hour, parts.minute, parts.second].map { part in
      let digits = String(part ?? 0)
      return digits.count < 2 ? "0" + digits : digits
    }
    return String(parts.year ?? 0) + rest.joined()
  }
}
