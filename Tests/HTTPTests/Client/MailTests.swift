import Foundation
import HTTP
import Testing

/// Mail that is handed in at a real server.
@Suite("Mail", .enabled(if: KeepingPeer.isPossible && Certificates.isPossible), .timeLimit(.minutes(60)))
struct MailTests {
  private let mail = Mail(
    from: "sluss@region.example", to: ["duty@region.example", "chief@region.example"],
    subject: "Kö till journalen: 501 väntar, och det är många fler än vad som är rimligt",
    text: "first line\n.\n..dots\nslut på kön\n", written: 1_795_258_800, id: "019a-1")

  private func server(_ neighbour: MailNeighbour) -> MailServer {
    var server = MailServer(host: "localhost", port: neighbour.port)
    server.networks = [.loopback]
    server.encryption = .none
    return server
  }

  @Test("arrives once for all its receivers, with its text as it was")
  func plain() throws {
    let neighbour = try MailNeighbour()
    try MailSender.send(mail, over: server(neighbour))
    let received = try #require(try neighbour.mails().first)
    #expect(try neighbour.mails().count == 1)
    #expect(received.from == "<sluss@region.example>")
    #expect(received.to == ["<duty@region.example>", "<chief@region.example>"])
    #expect(!received.tls && received.user == nil)
    let read = try MailNeighbour.read(received.text)
    #expect(read.subject == mail.subject)
    #expect(read.text == mail.text.replacing("\n", with: "\r\n"))
    #expect(read.date == mail.written)
    #expect(received.text.split(separator: "\r\n").allSatisfy { $0.utf8.count <= 78 })
  }

  @Test("goes over STARTTLS with a password, when the certificate is the right one's")
  func startTLS() throws {
    let certificates = try Certificates()
    let neighbour = try MailNeighbour(
      certificates.path("server-of-authority.pem"), certificates.path("server-of-authority.key"))
    var server = server(neighbour)
    server.encryption = .starttls
    server.trust = .authorities(file: certificates.path("authority.pem"))
    server.credentials = ("sluss", "correct horse")
    try MailSender.send(mail, over: server)
    let received = try #require(try neighbour.mails().first)
    #expect(received.tls && received.user == "sluss")
    server.trust = .authorities(file: certificates.path("stranger.pem"))
    #expect(throws: MailError.self) { try MailSender.send(mail, over: server) }
    server.trust = .authorities(file: certificates.path("authority.pem"))
    server.credentials = ("sluss", "wrong")
    let error = #expect(throws: MailError.self) { try MailSender.send(mail, over: server) }
    #expect(error?.description.contains("wrong") == false)
    #expect(try neighbour.mails().count == 1)
  }

  @Test("does not go plainly where TLS is wanted")
  func noStartTLS() throws {
    let neighbour = try MailNeighbour()
    var server = server(neighbour)
    server.encryption = .starttls
    #expect(throws: MailError.self) { try MailSender.send(mail, over: server) }
    #expect(try neighbour.mails().isEmpty)
  }

  @Test("that the server refuses is told by its answer's number")
  func refused() throws {
    let neighbour = try MailNeighbour()
    try neighbour.refuse("550 nobody of that name")
    let error = #expect(throws: MailError.self) { try MailSender.send(mail, over: server(neighbour)) }
    #expect(error?.reply == 550)
    #expect(error?.description.contains("nobody") == false)
  }

  @Test("goes to no network that it is not said to go to")
  func network() throws {
    let neighbour = try MailNeighbour()
    var server = server(neighbour)
    server.networks = [.public, .private]
    #expect(throws: MailError.self) { try MailSender.send(mail, over: server) }
    #expect(try neighbour.mails().isEmpty)
  }

  @Test(
    "with an address or a subject that would be more than it seems is not sent",
    arguments: [
      ("a@b>\r\nRCPT TO:<x@y", "s"), ("a b@c", "s"), ("@", "s"), ("a@b@c", "s"),
      ("a@b", "s\r\nBcc: x@y"),
    ])
  func injection(_ to: String, _ subject: String) throws {
    let neighbour = try MailNeighbour()
    let mail = Mail(from: "a@b", to: [to], subject: subject, text: "", written: 0, id: "1")
    #expect(throws: MailError.self) { try MailSender.send(mail, over: server(neighbour)) }
    #expect(try neighbour.mails().isEmpty)
  }
}
