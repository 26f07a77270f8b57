import Foundation
import HTTP

/// Takes notices to one receiver: everything that is new at a time in one go.
struct NoticePost: Sendable {
  /// Notices that are there at a time and can't be told are kept up to here; then the oldest go.
  static let most = 200

  let gateway: String
  private let receiver: AlertReceiver
  private let client: HTTPClient?

  /// - Throws: `HTTPClientError` when there can be no client.
  init(_ receiver: AlertReceiver, from gateway: String) throws(HTTPClientError) {
    (self.receiver, self.gateway) = (receiver, gateway)
    if case .webhook = receiver { client = try HTTPClient() } else { client = nil }
  }

  /// Tells them and waits for the receiver to take them.
  /// - Returns: why it did not; nil when it did.
  func tell(_ notices: [AlertNotice], at time: Int64) -> String? {
    switch receiver {
    case .webhook(let target): post(notices, to: target)
    case .mail(let mail): send(notices, to: mail, at: time)
    }
  }

  // MARK: webhook

  private func post(_ notices: [AlertNotice], to target: HTTPTarget) -> String? {
    var object = JSONObject()
    object.add("gateway", gateway)
    object.add("notices", json: notices.map(\.json).text)
    var request = target.request
    request.method = "POST"
    request.body = Array(object.text.utf8)
    request.headers.append((name: "Content-Type", value: "application/json"))
    if let token = target.token {
      guard let value = token.value() else { return "its token can't be read" }
      request.headers.append((name: "Authorization", value: "Bearer \(value)"))
    }
    return answer(to: request)
  }

  private func answer(to request: HTTPClientRequest) -> String? {
    guard let client else { return nil }
    do throws(HTTPClientError) {
      let status = try client.send(request).status
      return 200...299 ~= status ? nil : "it answers \(status)"
    } catch {
      return error.description
    }
  }

  // MARK: e-mail

  private func send(_ notices: [AlertNotice], to receiver: MailReceiver, at time: Int64) -> String? {
    var server = MailServer(host: receiver.host, port: receiver.port)
    server.encryption = MailServer.Encryption(rawValue: receiver.encryption) ?? .starttls
    server.networks = [receiver.network.clientNetwork]
    if let trust = receiver.trust { server.trust = .authorities(file: trust) }
    if let user = receiver.user {
      guard let password = receiver.password?.value() else { return "its password can't be read" }
      server.credentials = (user, password)
    }
    do throws(MailError) {
      try MailSender.send(mail(notices, to: receiver, at: time), over: server)
      return nil
    } catch {
      return error.description
    }
  }

  private func mail(_ notices: [AlertNotice], to receiver: MailReceiver, at time: Int64) -> Mail {
    let first = notices.first.map { "\($0.alert) \($0.isStart ? "began" : "ended")" } ?? ""
    let more = notices.count > 1 ? " and \(notices.count - 1) more" : ""
    let lines = notices.map { "\(Timestamp.text(milliseconds: $0.time))  \($0.line)" }
    return Mail(
      from: receiver.from, to: receiver.to, subject: "\(gateway): \(first)\(more)",
      text: (lines + [""]).joined(separator: "\n"), written: time / 1000,
      id: Timestamp.identifier(milliseconds: time))
  }
}
