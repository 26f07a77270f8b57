// One line: the patient, the time, and what kind of care it was.
extension ClaimRules {
  mutating func checkPatient(_ patient: ClaimTree.Element) {
    let identities = patient[.patientInformation]?.all(.patientIdentity) ?? []
    for identity in identities.dropFirst() {
      demand(false, 7, "only one of personnummer, samordningsnummer and reserve number is told", at: identity)
    }
    guard let other = patient.at(.patientInformation, .patientOtherInformation) else { return }
    if let county = other[.county] {
      checkPlace(county, none: "99", system: "1.2.752.129.2.2.1.18", length: 2, rules: (8, 40))
    }
    if let municipality = other[.municipality] {
      checkPlace(municipality, none: "9901", system: "1.2.752.129.2.2.1.17", length: 4, rules: (9, 41))
    }
    demand(ClaimCodes.gender, 10, of: other.at(.gender, .code))
  }

  private mutating func checkPlace(
    _ place: ClaimTree.Element, none: String, system: String, length: Int, rules: (Int, Int)
  ) {
    if let code = place[.code] {
      demand(code.text.unicodeScalars.count == length, rules.0, "the code has \(length) digits", at: code)
    }
    let code = place[.code]?.text
    let given = place[.codeSystem]?.text
    demand(
      code == none ? given == nil : code != nil && given == system, rules.1,
      "`\(place.label)` is \(none) without a system, or a code of \(system)", at: place)
  }

  mutating func checkTime(_ care: ClaimTree.Element, _ issued: String) {
    guard let time = care[.timespan] else { return }
    let visit = time.at(.healthcareVisitDateTime, .careVisitDate)
    if let visit { demand(visit.text <= issued, 17, "the visit is later than the claim", at: visit) }
    if let discharge = time.at(.healthcareDischargeDateTime, .careDischargeDate) {
      demand(
        discharge.text >= visit?.text ?? "", 18, "the discharge is earlier than the visit", at: discharge)
      demand(discharge.text <= issued, 38, "the discharge is later than the claim", at: discharge)
    }
    guard let period = time[.invoicePeriod] else { return }
    guard let start = period[.start], let end = period[.end] else {
      return demand(false, 19, "a period has a start and an end", at: period)
    }
    demand(end.text < issued || start.text < issued, 20, "the period is later than the claim", at: period)
    demand(end.text >= start.text, 21, "the period ends before it starts", at: end)
  }

  mutating func checkCare(_ care: ClaimTree.Element) {
    let commitment = care[.paymentCommitment]
    demand(ClaimCodes.typeOfAgreement, 12, of: commitment?[.typeOfAgreement])
    demand(ClaimCodes.typeOfChapter, 13, of: commitment?[.typeOfChapter])
    demand(ClaimCodes.typeOfReimbursement, 14, of: commitment?[.typeOfReimbursement])
    demand(ClaimCodes.agreementInRiksavtalet, 50, of: commitment?[.agreementInRiksavtalet])
    demand(ClaimCodes.typeOfVisit, 16, of: care.at(.healthcareCategory, .typeOfVisit))
    demand(ClaimCodes.profession, 22, of: care.at(.healthcareUnit, .professionCodeForHealthcare))
    demand(ClaimCodes.careLevel, 30, of: care.at(.activity, .careLevel))
    demand(ClaimCodes.medicalField, 49, of: care.at(.activity, .medicalFieldCode))
    demand(ClaimCodes.reasonForCredit, 36, of: care[.reasonForCredit])
    checkForm(care)
  }

  private mutating func checkForm(_ care: ClaimTree.Element) {
    let isPrimary = care.at(.activity, .medicalFieldCode)?.text.hasPrefix("9") ?? false
    if isPrimary {
      demand(
        care[.diagnosis] == nil && care[.treatment] == nil, 33,
        "no diagnoses and no treatments where the medical field begins with 9", at: care)
    }
    guard let form = care.at(.healthcareCategory, .typeOfCare, .code) else { return }
    demand(ClaimCodes.typeOfCare, 15, of: form)
    if form.text == "01" {
      demand(
        care.at(.healthcareUnit, .professionCodeForHealthcare) != nil, 23, "open care names the profession",
        at: form)
    }
    guard form.text == "02" else { return }
    demand(care[.careContactId] != nil, 11, "inpatient care names the care contact", at: form)
    demand(
      care.at(.timespan, .numberOfDays, .inCare) != nil, 51, "inpatient care tells its days", at: form)
    let main = care.at(.diagnosis, .inpatientCareDiagnosis, .mainDiagnosis, .diagnosisCode)
    demand(
      isPrimary || main != nil || care.at(.timespan, .invoicePeriod) != nil, 31,
      "inpatient care tells its main diagnosis", at: form)
  }
}
