import Cryptography
import HTTP

// Who may ask what.
extension RIVTAEndpoint {
  /// The call that a request is.
  /// - Parameter entry: told of what is found out, so that a refusal can be recorded with it.
  func call(
    _ request: HTTPRequest, _ trip: RIVTATrip, _ entry: inout RIVTAEntry
  ) throws(RIVTAFault) -> RIVTACall {
    let consumer = try consumer(of: request)
    try checkProfile(request.path)
    try checkWay(of: trip, by: consumer)
    let message = try reader.read(request.body)
    let served = current.served
    guard let contract = served.contracts.find(message.namespace, message.element) else {
      throw RIVTAFault(.noRoute, "the contract of the request is not answered here")
    }
    entry.contract = contract
    entry.address = message.logicalAddress
    try checkAction(request, contract)
    guard let address = rules.addresses[message.logicalAddress] else {
      throw RIVTAFault(.noRoute, "nobody answers \(contract.name) at this logical address")
    }
    guard consumer.may(ask: contract.name, at: address.name) else {
      throw RIVTAFault(.notAuthorised, "\(contract.name) is not allowed at this logical address")
    }
    let actor = consumer.actor.named(by: request)
    entry.actor = actor
    return RIVTACall(
      contract: contract, logicalAddress: address, document: message.document, consumer: consumer,
      trip: trip, actor: actor, served: served)
  }

  private func consumer(of request: HTTPRequest) throws(RIVTAFault) -> RIVTAConsumer {
    if doorkeeper.access.isOpen { return .anybody }
    let caller = doorkeeper.caller(of: request)
    if let fault = doorkeeper.fault(of: request, from: caller) { throw fault }
    guard let name = caller.name, let consumer = rules.consumers[name] else {
      throw RIVTAFault(.notAuthorised, "this system may ask nothing here")
    }
    return consumer
  }

  /// The path ends with the profile (RIV TA Basic Profile 2.1, rule 19); without one, 2.1 is meant.
  private func checkProfile(_ path: String) throws(RIVTAFault) {
    let last = path.split(separator: "/").last?.lowercased() ?? ""
    guard !last.hasPrefix("rivtabp") || last == "rivtabp21" else {
      throw RIVTAFault(.version, "RIV TA Basic Profile 2.1 is spoken here")
    }
  }

  private func checkWay(of trip: RIVTATrip, by consumer: RIVTAConsumer) throws(RIVTAFault) {
    if !rules.id.isEmpty, trip.history.contains(where: { $0.uppercased() == rules.id.uppercased() }) {
      throw RIVTAFault(.loop, "the call has been here before")
    }
    if let original = trip.originalConsumer, !consumer.may(askFor: original) {
      throw RIVTAFault(.originalConsumer, "this system may not ask for the consumer that it names")
    }
  }

  /// A SOAPAction that names another operation is a sign of a request put together by somebody else. What
  /// stands before the operation is not looked at: the published WSDL of GetCareContacts 2.0 has another
  /// domain there.
  private func checkAction(_ request: HTTPRequest, _ contract: RIVTAContract) throws(RIVTAFault) {
    let action = request.header("SOAPAction")?.trimmingQuotes ?? ""
    guard action.isEmpty || action.split(separator: ":").last.map(String.init) == contract.interaction else {
      throw RIVTAFault(.unreadable, "SOAPAction names another operation than the body")
    }
  }

}

extension RIVTAActor {
  /// On whose behalf a request asks; nil when nobody says.
  func named(by request: HTTPRequest) -> RIVTAActor? {
    let value = { (text: String) -> String in
      let parts = text.split(separator: " ")
      guard parts.count == 2, parts[0] == "header" else { return text }
      let found = request.header(String(parts[1])) ?? ""
      // An HSA-id has 32 characters at most, of printable ASCII.
      return found.utf8.count <= 32 && found.utf8.allSatisfy { (0x21...0x7E).contains($0) } ? found : ""
    }
    var actor = RIVTAActor()
    actor.employee = value(employee)
    actor.careUnit = value(careUnit)
    actor.careGiver = value(careGiver)
    return actor == RIVTAActor() ? nil : actor
  }
}

extension Doorkeeper {
  /// Why a request over RIV-TA must not be looked at; `nil` when somebody known sends it over TLS, with a
  /// certificate (RIV TA Basic Profile 2.1, rule 6), or when anybody may come.
  func fault(of request: HTTPRequest) -> RIVTAFault? { fault(of: request, from: caller(of: request)) }

  /// - Parameter caller: who sent it.
  fileprivate func fault(of request: HTTPRequest, from caller: Caller) -> RIVTAFault? {
    guard !access.isOpen else { return nil }
    guard request.peer.isEncrypted else { return RIVTAFault(.noTLS, "only TLS is spoken here") }
    guard case .verified = request.peer.identity else {
      return RIVTAFault(.certificate, "a client certificate that is believed here is demanded")
    }
    guard caller.name != nil else {
      return RIVTAFault(.notAuthorised, "the certificate is nobody's who may ask here")
    }
    return nil
  }
}

extension HTTPRequest {
  /// The HSA-id of the certificate.
  var hsaID: String? {
    guard case .verified(let certificate) = peer.identity else { return nil }
    return certificate.hsaID
  }
}

extension StringProtocol {
  fileprivate var trimmingQuotes: String {
    String(
      self.trimmingPrefix { $0 == "\"" || $0 == " " }.reversed().trimmingPrefix { $0 == "\"" || $0 == " " }
        .reversed())
  }
}
