/// The names of a claim's elements that rules and checks ask for.
enum ClaimName: String, CaseIterable {
  case atc = "ATC"
  case drgCode = "DRGCode"
  case drgCost = "DRGCost"
  case drgPrice = "DRGPrice"
  case lmaCardNumber = "LMACardNumber"
  case activity
  case agreementInRiksavtalet
  case amount
  case businessClassification
  case careContactId
  case careDischargeDate
  case careLevel
  case careVisitDate
  case categorization
  case claimSpecification
  case code
  case codeSystem
  case county
  case currency
  case customerParty
  case diagnosis
  case diagnosisCode
  case end
  case extendedAllowanceCareTime
  case extendedAllowanceCost
  case `extension`
  case gender
  case healthCareServicesSpecificationLine
  case healthcareCategory
  case healthcareDischargeDateTime
  case healthcarePerformed
  case healthcareUnit
  case healthcareVisitDateTime
  case id
  case identification
  case inCare
  case inpatientCareDiagnosis
  case invoicePeriod
  case invoicedAmountDetails
  case issueDate
  case lineId
  case listingLocalAuthoritiesNumber
  case mainDiagnosis
  case medicalFieldCode
  case municipality
  case numberOfDays
  case numberOfPatientSpecificCare
  case originalText
  case outPatientCareFeePaid
  case patientCareAllowance
  case patientCareCharge
  case patientCareDiscount
  case patientCareInvoiceGrossAmount
  case patientCareInvoiceNetAmount
  case patientFeeReducedCategory
  case patientIdentity
  case patientInformation
  case patientOtherInformation
  case patientSpecificCare
  case patientSpecificCareCode
  case patientSpecificCareCodeName
  case patientSpecificCarePrice
  case patientSpecificCareTotalAmount
  case payableAmount
  case paymentCommitment
  case priceList
  case productCategory
  case professionCodeForHealthcare
  case reasonForCredit
  case referenceToLineId
  case referenceToProcessClaimSpecificationId
  case root
  case start
  case supplierParty
  case timespan
  case treatment
  case typeOfAgreement
  case typeOfCare
  case typeOfChapter
  case typeOfInvoice
  case typeOfReimbursement
  case typeOfTreatment
  case typeOfVisit

  /// By its text.
  static let named = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })
}
