import Foundation
import TestRig
import Testing

@testable import Gateway

/// The rules by which answers are judged find what is wrong with them.
@Suite(.enabled(if: Python.has("lxml"), "scripts/test makes the virtual environment"))
struct ContractRuleTests {
  private static let cases = RepositoryFolder.path + "/Mappings/npo/cases/"

  private func document(_ name: String) throws -> String {
    try String(contentsOfFile: Self.cases + name, encoding: .utf8)
  }

  @Test(
    "What the gateway writes of its own systems' records keeps the rules",
    arguments: [
      "care-contacts-2-of-a-video-visit", "care-contacts-2-of-the-journal", "diagnosis-of-a-video-visit",
      "diagnosis-of-the-journal", "diagnosis-of-a-chat-without-id", "documentation-of-a-video-visit",
      "documentation-of-the-journal", "documentation-of-a-chat", "documentation-of-an-admission", "inpatient",
    ])
  func kept(_ name: String) throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.cases + name).filter {
      $0.hasSuffix(".xml")
    }
    #expect(!files.isEmpty)
    #expect(try ContractRules.breaches(try files.map { try document("\(name)/\($0)") }) == "")
  }

  @Test(
    "Each rule is broken by a document that breaks it",
    arguments: [
      ("CV", "<c:displayName>Hosta</c:displayName>", ""),
      ("time", "<c:diagnosisTime>2", "<c:diagnosisTime>X"),
      ("rule 1", "healthcareProfessionalCareGiverHSAId>", "healthcareProfessionalRoleName>"),
      ("unused", "<c:approvedForPatient>", "<c:nullified>true</c:nullified><c:approvedForPatient>"),
      ("code", "Huvuddiagnos", "Annan"), ("header", "documentId>", "documentTitle>"),
      ("result", "<r:resultCode>OK", "<r:resultCode>ERROR"),
    ])
  func broken(_ rule: String, _ old: String, _ new: String) throws {
    let whole = """
      <r:GetDiagnosisResponse xmlns:r="urn:riv:clinicalprocess:healthcond:description:GetDiagnosisResponder:2" \
      xmlns:c="urn:riv:clinicalprocess:healthcond:description:2"><r:diagnosis><c:diagnosisHeader>\
      <c:documentId>D-1</c:documentId><c:sourceSystemHSAId>SE-1</c:sourceSystemHSAId>\
      <c:patientId><c:id>191212121212</c:id><c:type>1.2.752.129.2.1.3.1</c:type></c:patientId>\
      <c:accountableHealthcareProfessional><c:authorTime>20260101120000</c:authorTime>\
      <c:healthcareProfessionalCareUnitHSAId>SE-2</c:healthcareProfessionalCareUnitHSAId>\
      <c:healthcareProfessionalCareGiverHSAId>SE-3</c:healthcareProfessionalCareGiverHSAId>\
      </c:accountableHealthcareProfessional><c:approvedForPatient>true</c:approvedForPatient></c:diagnosisHeader>\
      <c:diagnosisBody><c:typeOfDiagnosis>Huvuddiagnos</c:typeOfDiagnosis><c:diagnosisTime>20260101120000</c:diagnosisTime>\
      <c:diagnosisCode><c:code>R05.9</c:code><c:codeSystem>1.2.752.116.1.1.1.1.3</c:codeSystem>\
      <c:displayName>Hosta</c:displayName></c:diagnosisCode></c:diagnosisBody></r:diagnosis>\
      <r:result><r:resultCode>OK</r:resultCode></r:result></r:GetDiagnosisResponse>
      """
    #expect(try ContractRules.breaches([whole]) == "")
    #expect(whole.contains(old))
    #expect(try ContractRules.breaches([whole.replacing(old, with: new)]).contains(": \(rule): "))
  }

  @Test(
    "Each rule of notes is broken by a document that breaks it",
    arguments: [
      (
        "body", "</c:clinicalDocumentNoteText>",
        "</c:clinicalDocumentNoteText><c:multimediaEntry><c:mediaType>text/plain</c:mediaType><c:value>YQ==</c:value></c:multimediaEntry>"
      ),
      (
        "body", "<c:clinicalDocumentNoteText>Bra.</c:clinicalDocumentNoteText>",
        "<c:multimediaEntry><c:value>YQ==</c:value></c:multimediaEntry>"
      ),
      ("body", "<c:clinicalDocumentNoteText>Bra.</c:clinicalDocumentNoteText>", ""),
      (
        "code", "</c:clinicalDocumentNoteCode>",
        "</c:clinicalDocumentNoteCode><c:clinicalDocumentTypeCode>epi</c:clinicalDocumentTypeCode>"
      ),
      ("code", "<c:clinicalDocumentNoteCode>utr</c:clinicalDocumentNoteCode>", ""),
      ("unused", "<c:approvedForPatient>", "<c:nullified>true</c:nullified><c:approvedForPatient>"),
      (
        "header", "<c:signatureTime>20260101120000</c:signatureTime>",
        "<c:legalAuthenticatorName>D</c:legalAuthenticatorName>"
      ),
    ])
  func brokenNote(_ rule: String, _ old: String, _ new: String) throws {
    let whole = """
      <r:GetCareDocumentationResponse xmlns:r="urn:riv:clinicalprocess:healthcond:description:GetCareDocumentationResponder:2" \
      xmlns:c="urn:riv:clinicalprocess:healthcond:description:2"><r:careDocumentation><c:careDocumentationHeader>\
      <c:documentId>N-1</c:documentId><c:sourceSystemHSAid>SE-1</c:sourceSystemHSAid>\
      <c:patientId><c:id>191212121212</c:id><c:type>1.2.752.129.2.1.3.1</c:type></c:patientId>\
      <c:accountableHealthcareProfessional><c:authorTime>20260101120000</c:authorTime>\
      <c:healthcareProfessionalOrgUnit><c:orgUnitHSAId>SE-4</c:orgUnitHSAId><c:orgUnitName>Enhet</c:orgUnitName>\
      </c:healthcareProfessionalOrgUnit>\
      <c:healthcareProfessionalCareUnitHSAId>SE-2</c:healthcareProfessionalCareUnitHSAId>\
      <c:healthcareProfessionalCareGiverHSAId>SE-3</c:healthcareProfessionalCareGiverHSAId>\
      </c:accountableHealthcareProfessional>\
      <c:legalAuthenticator><c:signatureTime>20260101120000</c:signatureTime></c:legalAuthenticator>\
      <c:approvedForPatient>true</c:approvedForPatient></c:careDocumentationHeader>\
      <c:careDocumentationBody><c:clinicalDocumentNote><c:clinicalDocumentNoteCode>utr</c:clinicalDocumentNoteCode>\
      <c:clinicalDocumentNoteText>Bra.</c:clinicalDocumentNoteText></c:clinicalDocumentNote></c:careDocumentationBody>\
      </r:careDocumentation><r:result><r:resultCode>OK</r:resultCode></r:result></r:GetCareDocumentationResponse>
      """
    #expect(try ContractRules.breaches([whole]) == "")
    #expect(whole.contains(old))
    #expect(try ContractRules.breaches([whole.replacing(old, with: new)]).contains(": \(rule): "))
  }
}
