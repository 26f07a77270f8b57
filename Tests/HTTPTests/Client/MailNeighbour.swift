import Foundation

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

  struct NotStarted: Error {}

  let port: UInt16
  private let folder = NSTemporaryDirectory() + "sluss-mail-" + UUID().uuidString
  private let process = Process()

  /// - Parameter files: a certificate and its key, for TLS.
  init(_ files: String...) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    process.executableURL = URL(filePath: "/usr/bin/python3")
    process.arguments = [Self.program, folder] + files
    try process.run()
    for _ in 0..<1000 where !FileManager.default.fileExists(atPath: folder + "/port") { usleep(10_000) }
    guard let text = try? String(contentsOfFile: folder + "/port", encoding: .utf8), let port = UInt16(text)
    else { throw NotStarted() }
    self.port = port
  }

  deinit {
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// What it got so far, in order.
  func mails() throws -> [Received] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".json") }
    return try names.sorted().map {
      try JSONDecoder().decode(Received.self, from: Data(contentsOf: URL(filePath: folder + "/" + $0)))
    }
  }

  /// Answers each receiver with this line from now on.
  func refuse(_ line: String) throws {
    try line.write(toFile: folder + "/refuse", atomically: true, encoding: .utf8)
  }

  /// A mail as Python's reader, which is somebody else's, understands it.
  static func read(_ mail: String) throws -> (subject: String, text: String, date: Int64) {
    let told = try Program("/usr/bin/python3", ["-c", reader], input: mail).output
    let object = try JSONSerialization.jsonObject(with: Data(told.utf8)) as? [String: Any] ?? [:]
    return (
      object["subject"] as? String ?? "", object["text"] as? String ?? "",
      (object["date"] as? NSNumber)?.int64Value ?? 0
    )
  }

  private static let program = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../Fixtures/neighbours/mail_server.py").standardizedFileURL.path
  private static let reader = """
    import email, email.policy, email.utils, json, sys
    mail = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
    date = int(email.utils.parsedate_to_datetime(mail["Date"]).timestamp())
    text = mail.get_payload(decode=True).decode()
    print(json.dumps({"subject": mail["Subject"], "text": text, "date": date}))
    """
}
