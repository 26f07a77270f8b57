/// The requests of the three contracts, as their schemas have them.
enum CheckDocument {
  private static let blocking = "urn:riv:ehr:blocking:accesscontrol"

  /// CheckConsent and CheckPatientRelation.
  static func access(_ check: AccessCheck, _ actor: RIVTAActor, _ patient: String) -> String {
    let domain = check == .consent ? "urn:riv:ehr:patientconsent" : "urn:riv:ehr:patientrelationship"
    return """
      <\(check.element)Request xmlns="\(domain):accesscontrol:\(check.element)Responder:1" xmlns:c="\(domain):1">\
      \(person(actor))<PatientId>\(escaped(patient))</PatientId></\(check.element)Request>
      """
  }

  /// CheckBlocks: a row for each record.
  static func blocks(_ records: [CheckedRecord], _ actor: RIVTAActor, _ patient: String) -> String {
    let rows = records.map { fact in
      let type = fact.kind.isEmpty ? "" : "<c:InformationType>\(escaped(fact.kind))</c:InformationType>"
      return """
        <InformationEntities>\
        <c:InformationStartDate>\(time(fact.times.min(), isStart: true))</c:InformationStartDate>\
        <c:InformationEndDate>\(time(fact.times.max(), isStart: false))</c:InformationEndDate>\
        <c:InformationCareUnitId>\(escaped(fact.careUnit))</c:InformationCareUnitId>\
        <c:InformationCareProviderId>\(escaped(fact.careGiver))</c:InformationCareProviderId>\
        \(type)<c:RowNumber>\(fact.number)</c:RowNumber></InformationEntities>
        """
    }
    return """
      <CheckBlocksRequest xmlns="\(blocking):CheckBlocksResponder:3" xmlns:c="\(blocking):3">\
      \(person(actor))<PatientId>\(escaped(patient))</PatientId>\(rows.joined())</CheckBlocksRequest>
      """
  }

  private static func person(_ actor: RIVTAActor) -> String {
    """
    <AccessingActor><c:EmployeeId>\(escaped(actor.employee))</c:EmployeeId>\
    <c:CareProviderId>\(escaped(actor.careGiver))</c:CareProviderId>\
    <c:CareUnitId>\(escaped(actor.careUnit))</c:CareUnitId></AccessingActor>
    """
  }

  /// `YYYYMMDDhhmmss` or `YYYYMMDD` as xs:dateTime; a day is all of it.
  static func time(_ text: String?, isStart: Bool) -> String {
    let digits = Array((text ?? "").prefix(14))
    guard digits.count >= 8 else { return isStart ? "1900-01-01T00:00:00" : "9999-12-31T23:59:59" }
    let clock = digits.count == 14 ? digits[8...] : ArraySlice(isStart ? "000000" : "235959")
    let parts = Array(clock)
    let date = "\(String(digits[0..<4]))-\(String(digits[4..<6]))-\(String(digits[6..<8]))"
    return "\(date)T\(String(parts[0..<2])):\(String(parts[2..<4])):\(String(parts[4..<6]))"
  }

  private static func escaped(_ text: String) -> String { SOAPEnvelope.escaped(text) }
}
