import Foundation
import TestRig

/// A running `Fixtures/neighbours/mail_server.py`.
final class MailNeighbour {
  /// A mail that it got.
  struct Received: Decodable {
    let from: String
    let to: [String]
    let user: String?
    let tls: Bool
    let text: String
  }

  private let process: NeighbourProcess
  var port: UInt16 { process.port }

  /// - Parameter files: a certificate and its key, for TLS.
  init(_ files: String...) throws { process = try NeighbourProcess("mail_server.py", options: files) }

  /// What it got so far, in order.
  func mails() throws -> [Received] {
    try process.files(ending: ".json").map {
      try JSONDecoder().decode(Received.self, from: Data(contentsOf: URL(filePath: $0)))
    }
  }

  /// Answers each receiver with this line from now on.
  func refuse(_ line: String) throws {
    try process.tell(line, in: "refuse")
  }

  /// A mail as Python's reader, which is somebody else's, understands it.
  static func read(_ mail: String) throws -> (subject: String, text: String, date: Int64) {
    let told = try Program.run("/usr/bin/python3", ["-c", reader], input: Array(mail.utf8)).bytes
    let object = try JSONSerialization.jsonObject(with: Data(told)) as? [String: Any] ?? [:]
    return (
      object["subject"] as? String ?? "", object["text"] as? String ?? "",
      (object["date"] as? NSNumber)?.int64Value ?? 0
    )
  }

  private static let reader = """
    import email, email.policy, email.utils, json, sys
    mail = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
    date = int(email.utils.parsedate_to_datetime(mail["Date"]).timestamp())
    text = mail.get_payload(decode=True).decode()
    print(json.dumps({"subject": mail["Subject"], "text": text, "date": date}))
    """
}
