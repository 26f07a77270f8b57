import HTTP

extension HTTPResponse {
  /// An answer in a SOAP 1.1 envelope.
  static func soap(_ document: [UInt8], _ trip: RIVTATrip) -> HTTPResponse {
    HTTPResponse(status: 200, headers: trip.headers(), body: SOAPEnvelope.around(document))
  }

  /// A SOAP 1.1 fault, with HTTP 500 (SOAP 1.1, section 6.2).
  static func soap(_ fault: RIVTAFault, _ trip: RIVTATrip) -> HTTPResponse {
    HTTPResponse(status: 500, headers: trip.headers(), body: SOAPEnvelope.around(fault.element(trip.id)))
  }

  /// Too many ask at once. Nothing was looked at, so nothing is in the audit log.
  static func busy(_ trip: RIVTATrip) -> HTTPResponse {
    let fault = RIVTAFault(.producer, "too many requests are answered at once; try again")
    return HTTPResponse(
      status: 503, headers: trip.headers() + [(name: "Retry-After", value: "1")],
      body: SOAPEnvelope.around(fault.element(trip.id)))
  }
}

extension RIVTAFault {
  /// The fault's element. The id is what people ask for when they want to know more.
  fileprivate func element(_ id: String) -> [UInt8] {
    let code = code
    let text = """
      <soap:Fault><faultcode>soap:\(code.side)</faultcode>\
      <faultstring>\(code.rawValue) \(SOAPEnvelope.escaped(code.words))</faultstring>\
      <detail><detailString xmlns="">\(SOAPEnvelope.escaped(detail)) [\(id)]</detailString></detail></soap:Fault>
      """
    return Array(text.utf8)
  }
}
