import Cryptography
import Foundation
import MLLP
import TestRig
import Testing

@Suite("MLLP over TLS", .enabled(if: TestCertificates.isPossible, "openssl is not there"))
struct TLSTests {
  private let certificates: TestCertificates

  init() throws {
    certificates = try TestCertificates()
  }

  private func listener(
    _ files: TLSFiles? = nil, _ faults: Journal<MLLPFault> = Journal(),
    change: (inout MLLPConfiguration) -> Void = { _ in },
    admit: @escaping @Sendable (MLLPPeer) -> Bool = { _ in true }
  ) throws -> MLLPListener {
    var configuration = MLLPConfiguration.patient
    configuration.drainDeadline = .milliseconds(300)
    configuration.tls = try RenewableCredentials(files ?? certificates.server())
    change(&configuration)
    return try MLLPListener(
      configuration: configuration, report: { fault, _ in faults.note(fault) }, admit: admit
    ) { message, reply in
      if message.bytes.starts(with: "who".utf8) { return reply.send(Array(message.peer.told.utf8)) }
      Thread.detachNewThread { reply.send(message.bytes) }
    }
  }

  private func sender(
    _ port: UInt16, client: String? = "client", authority: String = "authority", host: String = "localhost",
    _ change: (inout MLLPSenderConfiguration) -> Void = { _ in }
  ) throws -> MLLPSender {
    var configuration = MLLPSenderConfiguration.patient
    change(&configuration)
    let files = TLSFiles(
      certificate: client.map { certificates.path("\($0).pem") },
      key: client.map { _ in certificates.path("client.key") },
      authorities: certificates.path("\(authority).pem"))
    return MLLPSender(
      host: host, port: port, tls: try RenewableCredentials(files), configuration: configuration)
  }

  private func answer(_ sender: MLLPSender, _ text: String = "who") throws -> String {
    String(decoding: try sender.send(Array(text.utf8)), as: UTF8.self)
  }

  @Test("carries messages both ways over one connection, of any size")
  func messages() throws {
    let connections = Journal<MLLPPeer>()
    let listener = try listener(admit: { peer in
      connections.note(peer)
      return true
    })
    let sender = try sender(listener.port)
    for size in [1, 1000, 16_383, 16_384, 16_385, 65_536, 1_000_000] {
      let text = String(repeating: "x", count: size)
      let isSame = try answer(sender, text) == text
      #expect(isSame, "\(size)")
    }
    #expect(connections.entries.count == 1)
    listener.stop()
  }

  @Test("tells who the sender is")
  func identity() throws {
    let listener = try listener()
    #expect(try answer(sender(listener.port)) == "127.0.0.1 TLS SE2321000016-A001")
    #expect(try answer(sender(listener.port, client: nil)) == "127.0.0.1 TLS anonymous")
    #expect(try answer(sender(listener.port, client: "trick")) == "127.0.0.1 TLS nobody")
    #expect(try answer(sender(listener.port, client: "expired")) == "127.0.0.1 TLS refused: expired")
    listener.stop()
  }

  @Test(
    "reads nothing of a sender that is not admitted",
    arguments: [nil, "expired", "stranger-client", "second"])
  func admission(_ client: String?) throws {
    let faults = Journal<MLLPFault>()
    let listener = try listener(nil, faults, admit: { $0.told == "127.0.0.1 TLS SE2321000016-A001" })
    #expect(throws: MLLPError.self) { try answer(sender(listener.port, client: client)) }
    #expect(faults.comes(to: 1))
    #expect(faults.entries == [.notAdmitted])
    #expect(try answer(sender(listener.port)) == "127.0.0.1 TLS SE2321000016-A001")
    listener.stop()
  }

  @Test("a sender tells nothing to a receiver that is not the one it means")
  func receiver() throws {
    let listener = try listener()
    let stranger = try sender(listener.port, authority: "stranger")
    #expect(throws: MLLPError.notSent(.handshakeFailed(.untrusted(.unknownAuthority)))) {
      try answer(stranger)
    }
    let misnamed = try self.listener(
      TLSFiles(certificate: certificates.path("for-servers.pem"), key: certificates.path("client.key")))
    #expect(throws: MLLPError.notSent(.handshakeFailed(.untrusted(.wrongHost)))) {
      try answer(sender(misnamed.port))
    }
    #expect(try answer(sender(listener.port, host: "127.0.0.1")).hasSuffix("A001"))
    let plain = try MLLPListener { message, reply in reply.send(message.bytes) }
    #expect(throws: MLLPError.self) { try answer(sender(plain.port)) }
    for listener in [listener, misnamed, plain] { listener.stop() }
  }

  @Test("a receiver that never answers the handshake costs its time and no more")
  func silence() throws {
    let receiver = Receiver { wire, _ in _ = wire.block() }
    let sender = try sender(receiver.port) { $0.connectDeadline = .milliseconds(300) }
    #expect(throws: MLLPError.notSent(.connectTimeOut)) { try answer(sender) }
  }

  @Test("closes plain connections, and those that end no handshake")
  func plain() throws {
    let faults = Journal<MLLPFault>()
    let listener = try listener(nil, faults, change: { $0.handshakeDeadline = .milliseconds(300) })
    let wires = [try Wire(port: listener.port), try Wire(port: listener.port)]
    wires[0].send(block("MSH|"))
    #expect(faults.comes(to: 2))
    #expect(wires.allSatisfy { $0.block() == nil })
    #expect(faults.entries.allSatisfy { if case .handshakeFailed = $0 { true } else { false } })
    #expect(eventually { (try? answer(sender(listener.port)))?.hasSuffix("A001") == true })
    listener.stop()
  }

  @Test("refuses TLS 1.1")
  func oldVersion() throws {
    let listener = try listener()
    for (version, isTaken) in [("-tls1_1", false), ("-tls1_2", true), ("-tls1_3", true)] {
      let peer = try openssl([
        "-connect", "127.0.0.1:\(listener.port)", "-cipher", "ALL:@SECLEVEL=0", version,
      ])
      #expect(peer.contains("Cipher is (NONE)") != isTaken)
    }
    listener.stop()
  }

  @Test("takes blocks from openssl, several in one record, and shows renewed certificates to the next")
  func opensslPeer() throws {
    let credentials = try RenewableCredentials(certificates.server())
    let listener = try listener(change: { $0.tls = credentials })
    let told = try openssl(
      ["-quiet", "-connect", "127.0.0.1:\(listener.port)", "-no_ign_eof"], block("one") + block("two"))
    #expect(told == block("one") + block("two"))
    try certificates.replace("server.pem", by: "renewed.pem")
    try certificates.replace("server.key", by: "other.key")
    try credentials.renew()
    let subject = try openssl(["-connect", "127.0.0.1:\(listener.port)"]).split(separator: "\n")
    #expect(subject.contains { $0.hasPrefix("subject=") && $0.contains("renewed") })
    listener.stop()
  }

  @Test("judges the sender of an open connection anew when the lists of revoked certificates are renewed")
  func revokedMeanwhile() throws {
    let credentials = try RenewableCredentials(certificates.server(revoked: "empty.crl"))
    let connections = Journal<MLLPPeer>()
    let listener = try listener(
      change: { $0.tls = credentials },
      admit: { peer in
        connections.note(peer)
        return true
      })
    let sender = try sender(listener.port, client: "revoked")
    #expect(try answer(sender) == "127.0.0.1 TLS SE2321000016-A001")
    try certificates.replace("empty.crl", by: "revoked.crl")
    try credentials.renew()
    #expect(try answer(sender) == "127.0.0.1 TLS refused: revoked")
    #expect(connections.entries.count == 1)
    listener.stop()
  }

  private func openssl(_ options: [String], _ input: String = "") throws -> String {
    let (given, output) = (Pipe(), Pipe())
    let process = try ChildProcess(
      "/usr/bin/openssl", ["s_client"] + options, input: .file(given.fileHandleForReading),
      output: .file(output.fileHandleForWriting))
    try given.fileHandleForReading.close()
    try output.fileHandleForWriting.close()
    try given.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    var told = Data()
    while told.count < input.utf8.count, case let more = output.fileHandleForReading.availableData,
      !more.isEmpty
    { told += more }
    try given.fileHandleForWriting.close()
    told += output.fileHandleForReading.readDataToEndOfFile()
    process.end()
    return String(decoding: told, as: UTF8.self)
  }

  @Test(
    "answers python-hl7's client over Python's TLS, with its certificate",
    .enabled(if: PythonPeer.isThere, "scripts/test makes the virtual environment with hl7 and hl7apy"))
  func python() throws {
    let listener = try MLLPListener(
      configuration: {
        var configuration = MLLPConfiguration.patient
        configuration.tls = try RenewableCredentials(certificates.server())
        return configuration
      }(), admit: { $0.told == "127.0.0.1 TLS SE2321000016-A001" }
    ) { message, reply in
      let answer = Acknowledgement.answering(message.bytes, .accepted, controlID: "S", time: "20261121")
      answer.map(reply.send) ?? reply.sendNothing()
    }
    let file = certificates.path("message.hl7")
    try Data("MSH|^~\\&|A|B|C|D|20261121||ADT^A01^ADT_A01|M-1|P|2.5.1\rPID|1||Å\r".utf8).write(
      to: URL(filePath: file))
    let identity = ["authority.pem", "client.pem", "client.key"].map(certificates.path)
    let peer = try PythonPeer(["send-tls", "\(listener.port)"] + identity + [file, file])
    #expect(try peer.answers() == [["AA", "M-1", "ACK^A01^ACK"], ["AA", "M-1", "ACK^A01^ACK"]])
    listener.stop()
  }
}

extension MLLPPeer {
  /// In words: `127.0.0.1 TLS SE2321000016-A001`.
  fileprivate var told: String {
    let name =
      switch identity {
      case .anonymous: "anonymous"
      case .refused(let refusal): "refused: \(refusal.rawValue)"
      case .verified(let certificate): certificate.hsaID ?? "nobody"
      }
    return "\(address) \(isEncrypted ? "TLS" : "plain") \(name)"
  }
}
