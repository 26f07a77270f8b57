import Foundation

extension Mail {
  /// The message as it travels: header, empty line and text in base64, so that no line is long or begins with a
  /// dot (RFC 5322, RFC 2045 section 6.8).
  var bytes: [UInt8] {
    let header = [
      "Date: \(Self.date(written))", "From: <\(from)>",
      "To: \(to.map { "<\($0)>" }.joined(separator: ", "))",
      "Subject: \(Self.encoded(subject))", "Message-ID: <\(id)@\(domain)>", "MIME-Version: 1.0",
      "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64",
      "Auto-Submitted: auto-generated",
    ]
    let body = Data(text.replacing("\n", with: "\r\n").utf8).base64EncodedString(
      options: [.lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed])
    return Array((header + ["", body, ""]).joined(separator: "\r\n").utf8)
  }

  /// What keeps it from being sent as it is: an address that is none, or a line that would become two.
  var fault: String? {
    if to.isEmpty { return "nobody to send it to" }
    if !([from] + to).allSatisfy(Self.isAddress) { return "an address that is none" }
    if subject.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) {
      return "a subject with a control character"
    }
    return id.utf8.allSatisfy(Self.isNameByte) && !id.isEmpty
      ? nil : "an id with other than letters and digits"
  }

  /// An address of visible ASCII with one `@` and nothing that ends it early (RFC 5321, section 4.1.2, without
  /// quoted local parts).
  public static func isAddress(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && text.utf8.count <= 254
      && text.utf8.allSatisfy { (0x21...0x7E).contains($0) && !"<>()[],;:\\\"".utf8.contains($0) }
  }

  private var domain: String { from.split(separator: "@").last.map(String.init) ?? "localhost" }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || "-.".utf8.contains(byte)
  }

  /// In ASCII as it is; else in encoded words of at most 75 characters (RFC 2047, section 2).
  private static func encoded(_ text: String) -> String {
    guard !text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) || text.contains("=?") else { return text }
    var words: [[UInt8]] = [[]]
    for character in text {
      if words[words.count - 1].count + character.utf8.count > 42 { words.append([]) }
      words[words.count - 1].append(contentsOf: character.utf8)
    }
    return words.map { "=?utf-8?B?\(Data($0).base64EncodedString())?=" }.joined(separator: "\r\n ")
  }

  /// RFC 5322, section 3.3.
  private static func date(_ seconds: Int64) -> String {
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_US_POSIX")
    format.timeZone = TimeZone(secondsFromGMT: 0)
    format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss '+0000'"
    return format.string(from: Date(timeIntervalSince1970: Double(seconds)))
  }
}
