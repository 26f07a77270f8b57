/// One answer as it came over the wire.
struct Answer: Equatable {
  let status: Int
  let header: String
  let body: String

  /// The next final answer, removed from the bytes; interim ones (1xx) are removed and skipped.
  /// Nil while it is incomplete.
  static func take(from bytes: inout [UInt8]) -> Answer? {
    while let (answer, end) = parse(bytes) {
      bytes.removeSubrange(..<end)
      if answer.status >= 200 { return answer }
    }
    return nil
  }

  private static func parse(_ bytes: [UInt8]) -> (Answer, end: Int)? {
    guard let blank = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
    let header = String(decoding: bytes[..<blank.lowerBound], as: UTF8.self)
    let end = blank.upperBound + length(header)
    guard bytes.count >= end else { return nil }
    let status = Int(header.split(separator: " ").dropFirst().first ?? "") ?? 0
    let body = String(decoding: bytes[blank.upperBound..<end], as: UTF8.self)
    return (Answer(status: status, header: header, body: body), end)
  }

  private static func length(_ header: String) -> Int {
    let line = header.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
    return line.flatMap { Int($0.drop { $0 != ":" }.dropFirst().trimmingPrefix(" ")) } ?? 0
  }
}
