import Cryptography
import Diagnostics
import Gateway
import MLLP
import Testing

/// What `sluss.yaml` may say of who may come, and what is refused because it would let in more than it seems.
struct EntranceConfigurationTests {
  private static let hash = TokenHash(of: "secret").description

  private func faults(_ text: String) -> [String] {
    do throws(DiagnosticError) {
      _ = try GatewayConfiguration(text: text, named: "sluss.yaml")
      return []
    } catch {
      return error.diagnostics.map { "\($0.code.rawValue) \($0.place.line):\($0.place.column)" }
    }
  }

  @Test("Everything that can be said is understood")
  func everything() throws {
    let configuration = try GatewayConfiguration(
      text: """
        address: 0.0.0.0
        tls:
          certificate: c.pem
          key: k.pem
          client-authorities: a.pem
          revoked: r.pem
          client-certificates: demanded
        systems:
          visiba:
            tokens: [\(Self.hash)]
            push: visiba/*
          journal:
            hsa-ids: SE2321000016-A001
            fingerprints: ["\(String(repeating: "AB:", count: 31))AB"]
            addresses: [10.1.0.0/16, 127.0.0.1]
            push: [journal/adt, journal/siu]
            see: "*"
            see-bodies: [journal/*]
            rerun: []
            metrics: true
            admin: false
        mllp:
          adt: {port: 2575, mapping: journal/adt}
          all:
            address: 10.0.0.1
            port: 2576
            plain: true
            messages: {ADT^A01: journal/adt, SIU: journal/siu}
            acknowledgements: enhanced
        """, named: "sluss.yaml")
    #expect(
      configuration.tls
        == TLSFiles(certificate: "c.pem", key: "k.pem", authorities: "a.pem", revoked: "r.pem"))
    #expect(!configuration.access.isOpen)
    let fingerprint = SHA256.digest(of: [1])
    let certificate = PeerCertificate(hsaID: "SE2321000016-A001", fingerprint: fingerprint, expires: 0)
    let journal = try configuration.access.caller(showing: Evidence(identity: .verified(certificate)))
    #expect(journal.name == "journal")
    #expect(journal.may(.push, on: "journal/adt") && !journal.may(.push, on: "journal/mdm"))
    #expect(
      journal.may(.see, on: "x") && journal.may(.seeBodies, on: "journal/mdm")
        && !journal.may(.seeBodies, on: "x"))
    #expect(!journal.may(.rerun) && journal.may(.metrics) && !journal.may(.admin))
    #expect(throws: AccessRefusal.certificateDemanded) {
      try configuration.access.caller(showing: Evidence(token: "secret"))
    }
    var all = MLLPEntrance("all")
    (all.address, all.port, all.isPlain, all.acknowledgements) = ("10.0.0.1", 2576, true, .enhanced)
    all.messages = ["ADT^A01": "journal/adt", "SIU": "journal/siu"]
    var adt = MLLPEntrance("adt")
    (adt.port, adt.mapping) = (2575, "journal/adt")
    #expect(configuration.mllp == [adt, all])
  }

  @Test("A file that names no systems lets nobody in")
  func nobody() throws {
    for text in ["port: 1\n", "systems:\n", "systems: {}\n"] {
      let configuration = try GatewayConfiguration(text: text, named: "sluss.yaml")
      #expect(!configuration.access.isOpen)
      #expect(throws: AccessRefusal.noCredentials) { try configuration.access.caller(showing: Evidence()) }
    }
    #expect(try GatewayConfiguration(text: "systems: anybody\n", named: "sluss.yaml").access.isOpen)
    #expect(GatewayConfiguration().access.isOpen)
  }

  @Test(
    "What would let in more than it seems is refused with its place",
    arguments: [
      ("address: 0.0.0.0\n", "SL0406 1:10"),
      ("address: 10.0.0.1\nport: 80\n", "SL0406 1:10"),
      ("address: localhost\n", "SL0406 1:10"),
      ("address: 10.0.0.1\nsystems: anybody\ntls: {certificate: c, key: k}\n", "SL0406 1:10"),
      ("tls: {certificate: c}\n", "SL0405 1:6"),
      ("tls: {certificate: c, key: k, client-certificates: demanded}\n", "SL0406 1:6"),
      ("tls: {certificate: c, key: k, revoked: r}\n", "SL0406 1:6"),
      ("tls: {certificate: c, key: k, client-certificates: maybe}\n", "SL0406 1:52"),
      ("systems: {a: {push: x}}\n", "SL0406 1:11"),
      ("systems: {a: {tokens: secret}}\n", "SL0406 1:23"),
      ("systems: {a: {tokens: [sha256:1]}}\n", "SL0406 1:24"),
      ("systems: {a: {hsa-ids: SE1}}\n", "SL0406 1:11"),
      ("systems: {a: {addresses: 10.0.0.1, push: a*b}}\n", "SL0406 1:42"),
      ("systems: {a: {addresses: 8.8.8.8}}\n", "SL0406 1:26"),
      ("systems: {a: {addresses: 10.0.0.1, admin: maybe}}\n", "SL0406 1:43"),
      ("systems: {a: {addresses: 10.0.0.1, psh: x}}\n", "SL0404 1:36"),
      ("systems:\n  a: {addresses: 10.0.0.0/8}\n  b: {addresses: 10.1.1.1}\n", "SL0406 3:3"),
      ("systems:\n  a: {tokens: \(hash)}\n  b: {tokens: \(hash)}\n", "SL0406 3:3"),
      ("mllp: {a: {mapping: x}}\n", "SL0405 1:11"),
      ("mllp: {a: {port: 1}}\n", "SL0406 1:8"),
      ("mllp: {a: {port: 70000, mapping: x}}\n", "SL0406 1:18"),
      ("mllp: {a: {port: 1, mapping: x, address: 10.0.0.1}}\n", "SL0406 1:42"),
      ("mllp: {a: {port: 1, mapping: x, address: 8.8.8.8, plain: true}}\n", "SL0406 1:42"),
      ("systems: anybody\nmllp: {a: {port: 1, mapping: x, address: 10.0.0.1, plain: true}}\n", "SL0406 2:42"),
      ("mllp: {a: {port: 1, mapping: x, acknowledgements: never}}\n", "SL0406 1:51"),
    ])
  func wrong(_ text: String, _ expected: String) {
    #expect(faults(text).contains(expected), "found \(faults(text))")
  }

  @Test("A token that stands there by mistake is not shown")
  func secrets() {
    do throws(DiagnosticError) {
      _ = try GatewayConfiguration(text: "systems: {a: {tokens: s3cr3t}}", named: "f")
      Issue.record("it was taken")
    } catch {
      #expect(!error.diagnostics.contains { TerminalRenderer().render($0).contains("s3cr3t") })
    }
  }
}
