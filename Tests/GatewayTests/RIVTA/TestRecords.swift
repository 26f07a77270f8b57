import Foundation
import Gateway
import Mapping
import Store

/// Records of patients, told to a hub by the documents of the contracts themselves.
struct TestRecords {
  struct Record {
    let id: String
    var source = "SE-SYSTEM-1"
    var unit = "SE-UNIT-1"
    var giver = "SE-GIVER-1"
    /// `YYYYMMDDhhmmss`
    var time: String
    var patient = "191212121212"
  }

  /// What the tests ask for.
  static let usual = [
    Record(id: "K-1", time: "20260101000000"),
    Record(id: "K-2", time: "20260131235959"),
    Record(id: "K-3", time: "20260201000000"),
    Record(id: "K-4", unit: "SE-UNIT-2", time: "20260115120000"),
    Record(id: "K-5", unit: "SE-UNIT-3", giver: "SE-GIVER-2", time: "20260116120000"),
    Record(id: "K-6", source: "SE-SYSTEM-2", time: "20260117120000"),
    Record(id: "K-7", time: "20260118120000", patient: "201701012393"),
  ]

  /// A hub that was told of the records as care contacts, notes and diagnoses.
  static func trial(_ records: [Record] = usual) async throws -> HubTrial {
    let trial = try HubTrial()
    let library = try HubTrial.library.get()
    let (translator, merger) = (Translator(library), try HubTrial.merger())
    for (number, record) in records.enumerated() {
      for (mapping, document) in documents(record) {
        guard let known = library.mappings[mapping] else { continue }
        let id = "m-\(number)-\(mapping)"
        let receipt = Receipt(received: "2026-11-21T10:15:00+01:00", id: id)
        try translator.read(Array(document.utf8), as: known, named: id, receipt: receipt)
        try await trial.take(
          HubEvent(
            message: id, mapping: mapping, mappingVersion: "1", received: 1_795_000_000_000,
            bundle: translator.hub()), with: merger)
      }
    }
    return trial
  }

  /// What each contract says of a record, by the name of its mapping.
  static func documents(_ record: Record) -> [(mapping: String, document: String)] {
    [
      ("npo/care-contacts", contact(record)), ("npo/care-documentation", note(record)),
      ("npo/diagnosis", diagnosis(record)),
    ]
  }

  /// Lets the source of a record's contact, note and diagnosis say that they were never right.
  static func nullify(_ id: String, in trial: HubTrial) async throws {
    let changed = try trial.store.materials(after: 0, limit: 1000).filter { material in
      let text = String(decoding: material.resource.content, as: UTF8.self)
      return ["Encounter", "DocumentReference", "Condition"].contains(material.resource.type)
        && [id, "N\(id)", "D\(id)"].contains { text.contains("\"value\":\"\($0)\"") }
    }
    let puts = try changed.map { material -> HubChange in
      let old = material.resource
      var content = try JSONSerialization.jsonObject(with: Data(old.content)) as? [String: Any] ?? [:]
      let wrong = [
        "coding": [
          [
            "system": "http://terminology.hl7.org/CodeSystem/condition-ver-status",
            "code": "entered-in-error",
          ]
        ]
      ]
      if old.type == "Condition" {
        content["verificationStatus"] = wrong
      } else {
        content["status"] = "entered-in-error"
      }
      return .put(
        HubPut(
          id: old.id, type: old.type, expected: material.revision, state: .nullified, origin: old.origin,
          content: Array(
            try JSONSerialization.data(withJSONObject: content, options: .withoutEscapingSlashes)),
          index: material.index, statements: material.statements))
    }
    try await trial.apply(puts).get()
  }

  private static func header(_ record: Record, contact: String? = nil) -> String {
    """
    <c:documentId>\(record.id)</c:documentId><c:sourceSystemHSAId>\(record.source)</c:sourceSystemHSAId>
    <c:patientId><c:id>\(record.patient)</c:id><c:type>1.2.752.129.2.1.3.1</c:type></c:patientId>
    <c:accountableHealthcareProfessional><c:authorTime>\(record.time)</c:authorTime>
    <c:healthcareProfessionalHSAId>SE-DOCTOR</c:healthcareProfessionalHSAId>
    <c:healthcareProfessionalName>Doktor Test</c:healthcareProfessionalName>
    <c:healthcareProfessionalOrgUnit><c:orgUnitHSAId>\(record.unit)</c:orgUnitHSAId><c:orgUnitName>Enhet</c:orgUnitName></c:healthcareProfessionalOrgUnit>
    <c:healthcareProfessionalCareUnitHSAId>\(record.unit)</c:healthcareProfessionalCareUnitHSAId>
    <c:healthcareProfessionalCareGiverHSAId>\(record.giver)</c:healthcareProfessionalCareGiverHSAId>
    </c:accountableHealthcareProfessional><c:approvedForPatient>true</c:approvedForPatient>
    \(contact.map { "<c:careContactId>\($0)</c:careContactId>" } ?? "")
    """
  }

  private static func contact(_ record: Record) -> String {
    """
    <r:GetCareContactsResponse xmlns:r="urn:riv:clinicalprocess:logistics:logistics:GetCareContactsResponder:3" \
    xmlns:c="urn:riv:clinicalprocess:logistics:logistics:3"><r:careContact><c:careContactHeader>\(header(record))</c:careContactHeader>
    <c:careContactBody><c:careContactCode><c:code>1</c:code><c:codeSystem>1.2.752.129.2.2.2.25</c:codeSystem><c:displayName>Besök</c:displayName></c:careContactCode>
    <c:careContactOrgUnit><c:orgUnitHSAId>\(record.unit)</c:orgUnitHSAId><c:orgUnitName>Enhet</c:orgUnitName></c:careContactOrgUnit>
    <c:careContactTimePeriod><c:start>\(record.time)</c:start><c:end>\(record.time)</c:end></c:careContactTimePeriod>
    <c:careContactStatus><c:code>53671000052101</c:code><c:codeSystem>1.2.752.116.2.1.1</c:codeSystem><c:displayName>avslutad</c:displayName></c:careContactStatus>
    </c:careContactBody></r:careContact><r:result><c:resultCode>OK</c:resultCode><c:logId>x</c:logId></r:result></r:GetCareContactsResponse>
    """
  }

  private static func diagnosis(_ record: Record) -> String {
    let named = Record(
      id: "D" + record.id, source: record.source, unit: record.unit, giver: record.giver, time: record.time,
      patient: record.patient)
    return """
      <r:GetDiagnosisResponse xmlns:r="urn:riv:clinicalprocess:healthcond:description:GetDiagnosisResponder:2" \
      xmlns:c="urn:riv:clinicalprocess:healthcond:description:2"><r:diagnosis><c:diagnosisHeader>\(header(named, contact: record.id))</c:diagnosisHeader>
      <c:diagnosisBody><c:typeOfDiagnosis>Huvuddiagnos</c:typeOfDiagnosis><c:diagnosisTime>\(record.time)</c:diagnosisTime>
      <c:diagnosisCode><c:code>J06.9</c:code><c:codeSystem>1.2.752.116.1.1.1.1.3</c:codeSystem><c:displayName>Övre luftvägsinfektion</c:displayName></c:diagnosisCode>
      </c:diagnosisBody></r:diagnosis><r:result><c:resultCode>OK</c:resultCode><c:logId>x</c:logId></r:result></r:GetDiagnosisResponse>
      """
  }

  private static func note(_ record: Record) -> String {
    func id(_ name: String, _ value: String, _ root: String = "1.2.752.129.2.1.4.1") -> String {
      "<c:\(name)><c:root>\(root)</c:root><c:extension>\(value)</c:extension></c:\(name)>"
    }
    return """
      <r:GetCareDocumentationResponse xmlns:r="urn:riv:clinicalprocess:healthcond:description:GetCareDocumentationResponder:3" \
      xmlns:c="urn:riv:clinicalprocess:healthcond:description:3"><r:careDocumentation><c:header><c:accessControlHeader>
      \(id("accountableHealthcareProvider", record.giver))\(id("accountableCareUnit", record.unit))
      \(id("patientId", record.patient, "1.2.752.129.2.1.3.1"))
      <c:blockComparisonTime>\(record.time)</c:blockComparisonTime><c:approvedForPatient>true</c:approvedForPatient></c:accessControlHeader>
      \(id("sourceSystemId", record.source))
      <c:record>\(id("id", "N" + record.id, record.source))<c:timestamp>\(record.time)</c:timestamp></c:record>
      <c:author>\(id("id", "SE-DOCTOR"))<c:name>Doktor Test</c:name><c:timestamp>\(record.time)</c:timestamp>
      <c:orgUnit><c:orgUnitHSAId>\(record.unit)</c:orgUnitHSAId><c:orgUnitName>Enhet</c:orgUnitName></c:orgUnit></c:author></c:header>
      <c:body><c:clinicalDocumentNoteCode><c:code>utr</c:code><c:codeSystem>1.2.752.129.2.2.2.11</c:codeSystem><c:displayName>Utredning</c:displayName></c:clinicalDocumentNoteCode>
      <c:clinicalDocumentNoteTitle>Besök</c:clinicalDocumentNoteTitle><c:clinicalDocumentNoteText>Mår bra.</c:clinicalDocumentNoteText></c:body>
      </r:careDocumentation><r:result><c:resultCode>OK</c:resultCode></r:result></r:GetCareDocumentationResponse>
      """
  }
}
