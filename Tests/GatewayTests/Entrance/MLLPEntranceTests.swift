import Cryptography
import Foundation
import MLLP
import Store
import TestRig
import Testing

@testable import Gateway

/// HL7 over MLLP into the gateway's store, as a journal system meets it.
@Suite(.enabled(if: TestCertificates.isPossible, "openssl is not there"))
struct MLLPEntranceTests {
  private let admission: String

  init() throws {
    let bytes = try RepositoryFolder.bytes("Mappings/journal/cases/admission/message.hl7")
    admission = String(decoding: bytes, as: UTF8.self).replacing("\n", with: "\r")
  }

  private static let plain = """
    systems: {journal: {addresses: 127.0.0.1, push: journal/*}}
    mllp:
      main: {port: 0, messages: {ADT: journal/adt, SIU^S12: journal/siu, MDM^T01: npo/none, ORU: visiba/visit-event}}
      enhanced: {port: 0, mapping: journal/adt, acknowledgements: enhanced}
      original: {port: 0, mapping: journal/adt, acknowledgements: original}

    """

  /// Sends and gives the acknowledgement as bytes.
  private func send(
    _ text: String, to gateway: RunningEntrance, _ entrance: String = "main", client: TLSFiles? = nil
  ) throws -> [UInt8] {
    let port = try #require(gateway.entrance.mllpPorts[entrance])
    let tls = try client.map { try RenewableCredentials($0) }
    return try MLLPSender(host: "localhost", port: port, tls: tls).send(Array(text.utf8))
  }

  private func code(
    _ text: String, to gateway: RunningEntrance, _ entrance: String = "main"
  ) throws -> AcknowledgementCode? {
    let acknowledgement = Acknowledgement(try send(text, to: gateway, entrance))
    #expect(acknowledgement?.answers(Array(text.utf8)) == true || text.contains("||P|"))
    return acknowledgement?.code
  }

  @Test(
    "A message is acknowledged when it is committed; a repeated one gets the same bytes and is stored once")
  func committed() throws {
    let gateway = try RunningEntrance(Self.plain)
    let first = try send(admission, to: gateway)
    #expect(Acknowledgement(first)?.code == .applicationAccept)
    #expect(gateway.stored == 1 && gateway.accepted.count == 1)
    usleep(1_100_000)
    #expect(try send(admission, to: gateway) == first)
    #expect(gateway.stored == 1 && gateway.accepted.count == 1)
    let changed = admission.replacing("Hosta", with: "Feber")
    let refused = try #require(Acknowledgement(try send(changed, to: gateway)))
    #expect(refused.code == .applicationReject && refused.errorCode == .duplicateKey)
    #expect(gateway.stored == 1)
    let elsewhere = admission.replacing("|TESTJOURNAL|", with: "|OTHER|")
    #expect(try code(elsewhere, to: gateway) == .applicationAccept, "another application counts its own ids")
    #expect(gateway.stored == 2)
    let id = try #require(gateway.accepted.first)
    #expect(try gateway.store.message(id)?.message.body == Array(admission.utf8))
  }

  @Test("Acknowledgements are in the mode that the sender wishes, or in the entrance's")
  func modes() throws {
    let gateway = try RunningEntrance(Self.plain)
    let wishing = admission.replacing("|2.5.1||||||", with: "|2.5.1|||AL|NE||").replacing("M-1", with: "M-2")
    let broken = { (text: String) in text.replacing("|I|", with: "|NOCLASS|").replacing("M-", with: "X-") }
    #expect(try code(wishing, to: gateway) == .commitAccept)
    #expect(try code(admission, to: gateway, "enhanced") == .commitAccept)
    #expect(try code(wishing, to: gateway, "original") == .applicationAccept)
    #expect(try code(broken(admission), to: gateway) == .applicationError)
    #expect(try code(broken(wishing), to: gateway) == .commitError)
    #expect(try code(broken(admission), to: gateway, "enhanced") == .commitError)
    #expect(try code(broken(wishing), to: gateway, "original") == .applicationError)
    #expect(gateway.accepted.count == 2, "the same message by several doors is one")
    #expect(gateway.stored == 6, "what is wrong is kept, to be looked at")
  }

  @Test("What cannot be taken is rejected with a reason")
  func rejected() throws {
    let gateway = try RunningEntrance(Self.plain)
    let rows: [(String, HL7ErrorCode, String)] = [
      ("no header", .segmentSequence, "MSH"),
      (admission.replacing("|M-1|", with: "||"), .requiredField, "MSH-10"),
      (admission.replacing("ADT^A01^ADT_A01", with: "BAR^P01"), .unsupportedMessageType, "type"),
      (admission.replacing("ADT^A01^ADT_A01", with: "SIU^S13"), .unsupportedMessageType, "type"),
      (admission.replacing("ADT^A01^ADT_A01", with: "MDM^T01"), .unsupportedMessageType, "type"),
      (admission.replacing("ADT^A01^ADT_A01", with: "ORU^R01"), .unsupportedMessageType, "sender"),
      (admission.replacing("\rPV1|", with: "\rpv1|"), .segmentSequence, "SL01"),
    ]
    for (text, code, words) in rows {
      let told = try #require(Acknowledgement(try send(text, to: gateway)), "\(words)")
      #expect(told.code == .applicationReject && told.errorCode == code, "\(told)")
      #expect(told.text.contains(words), "\(told.text)")
      #expect(!told.text.contains("Tolvan") && !told.text.contains("191212121212"))
    }
    #expect(gateway.accepted.isEmpty)
  }

  @Test("An address that is nobody's gets no word")
  func address() throws {
    let gateway = try RunningEntrance(Self.plain.replacing("127.0.0.1", with: "10.0.0.1"))
    #expect(throws: MLLPError.self) { try send(admission, to: gateway) }
    #expect(
      gateway.tells { $0.description == "main refuses 127.0.0.1: the address is nobody's who is known here" })
    #expect(gateway.stored == 0)
    let mute = try RunningEntrance(Self.plain.replacing("push", with: "see"))
    #expect(throws: MLLPError.self) { try send(admission, to: mute) }
    #expect(mute.stored == 0)
  }

  @Test("Over TLS a system is known by its certificate alone")
  func certificates() throws {
    let certificates = try TestCertificates()
    let gateway = try RunningEntrance(
      """
      tls: {certificate: DIR/server.pem, key: DIR/server.key, client-authorities: DIR/authority.pem}
      systems: {journal: {hsa-ids: SE2321000016-A001, push: journal/adt}}
      mllp:
        main: {port: 0, address: 0.0.0.0, mapping: journal/adt}
        local: {port: 0, mapping: journal/adt, plain: true}
      """, certificates: certificates)
    let client = { (name: String) in
      TLSFiles(
        certificate: certificates.path("\(name).pem"), key: certificates.path("client.key"),
        authorities: certificates.path("authority.pem"))
    }
    #expect(
      Acknowledgement(try send(admission, to: gateway, client: client("client")))?.code == .applicationAccept)
    for name in ["second", "trick", "expired", "stranger-client"] {
      #expect(throws: MLLPError.self, "\(name)") { try send(admission, to: gateway, client: client(name)) }
    }
    #expect(throws: MLLPError.self) {
      try send(admission, to: gateway, client: TLSFiles(authorities: certificates.path("authority.pem")))
    }
    #expect(throws: MLLPError.self) { try send(admission, to: gateway) }
    #expect(throws: MLLPError.self, "a plain door knows nobody here") {
      try send(admission, to: gateway, "local")
    }
    #expect(gateway.stored == 1)
  }

  @Test(
    "python-hl7's client gets its acknowledgements over TLS, in both modes",
    .enabled(if: Python.has("hl7.mllp,hl7apy.mllp"), "scripts/test makes the virtual environment"))
  func python() throws {
    let certificates = try TestCertificates()
    let gateway = try RunningEntrance(
      """
      tls: {certificate: DIR/server.pem, key: DIR/server.key, client-authorities: DIR/authority.pem}
      systems: {journal: {hsa-ids: SE2321000016-A001, push: journal/adt}}
      mllp: {main: {port: 0, mapping: journal/adt}}
      """, certificates: certificates)
    let files = try [
      admission, admission,
      admission.replacing("|2.5.1||||||", with: "|2.5.1|||AL|NE||").replacing("M-1", with: "M-2"),
    ]
    .enumerated().map { index, text in
      let path = certificates.path("\(index).hl7")
      try Data(text.utf8).write(to: URL(filePath: path))
      return path
    }
    let identity = ["authority.pem", "client.pem", "client.key"].map(certificates.path)
    let port = try #require(gateway.entrance.mllpPorts["main"])
    let told = try Python.run(script: "mllp_peer.py", ["send-tls", "\(port)"] + identity + files)
    #expect(told.status == 0, "\(told.errors)")
    let codes = told.output.split(separator: "\n").map { $0.prefix(12) }
    #expect(codes == [#"["AA", "M-1""#, #"["AA", "M-1""#, #"["CA", "M-2""#])
    #expect(gateway.stored == 2)
  }
}
