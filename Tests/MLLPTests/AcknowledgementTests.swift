import MLLP
import TestRig
import Testing

/// Section numbers are those of HL7 v2.5.1.
@Suite("An acknowledgement")
struct AcknowledgementTests {
  private static let header =
    "MSH|^~\\&|LAB|CLINIC|SLUSS|REGION|20261121101500||ADT^A01^ADT_A01|M-1|P|2.5.1"

  private func answer(
    _ message: String, _ verdict: AcknowledgementVerdict = .accepted, time: String = "20261121101501"
  ) -> String? {
    Acknowledgement.answering(Array(message.utf8), verdict, controlID: "S-9", time: time)
      .map { String(decoding: $0, as: UTF8.self) }
  }

  /// A header with MSH-15 and MSH-16.
  private func wishing(_ commit: String, _ application: String) -> String {
    Self.header + "|||\(commit)|\(application)\rPID|1\r"
  }

  @Test("swaps the places and copies what the message says of itself")
  func accepted() {
    #expect(
      answer(Self.header + "||||||UNICODE UTF-8\rPID|1\r")
        == "MSH|^~\\&|SLUSS|REGION|LAB|CLINIC|20261121101501||ACK^A01^ACK|S-9|P|2.5.1||||||UNICODE UTF-8\r"
        + "MSA|AA|M-1\r")
  }

  @Test("of an error says why in MSA-3 and ERR-8, escaped")
  func refused() {
    #expect(
      answer(Self.header + "\r", .error(.requiredField, "PID-3 saknas | åter\r\u{1C}^"))
        == "MSH|^~\\&|SLUSS|REGION|LAB|CLINIC|20261121101501||ACK^A01^ACK|S-9|P|2.5.1\r"
        + "MSA|AE|M-1|PID-3 saknas \\F\\ ?ter  \\S\\\r"
        + "ERR|||101^Required field missing^HL70357|E||||PID-3 saknas \\F\\ ?ter  \\S\\\r")
  }

  @Test("of a message before v2.5 has that version's ERR (HL7 v2.3.1, section 2.24.2)")
  func oldVersion() {
    let text = answer(
      "MSH|^~\\&|A|B|C|D|2026||ORU^R01|7|T|2.3\r", .rejected(.unsupportedVersion, "Old"))
    #expect(
      text == "MSH|^~\\&|C|D|A|B|20261121101501||ACK^R01|S-9|T|2.3\rMSA|AR|7|Old\r"
        + "ERR|^^^203&Unsupported version id&HL70357\r")
  }

  @Test("keeps the message's delimiters and escapes with them")
  func delimiters() {
    let text = answer(
      "MSH#*!/%#A#B#C#D#2026##ADT*A01#5#P#2.5.1\r", .error(.internalError, "a#b*c!d/e%f|g"))
    #expect(
      text == "MSH#*!/%#C#D#A#B#20261121101501##ACK*A01#S-9#P#2.5.1\r"
        + "MSA#AE#5#a/F/b/S/c/R/d/E/e/T/f|g\r"
        + "ERR###207*Application internal error*HL70357#E####a/F/b/S/c/R/d/E/e/T/f|g\r")
    let bare = answer("MSH|^|A|B|C|D|2026||ADT^A01|5|P|2.5.1\r", .error(.internalError, "a|b~c"))
    #expect(bare?.contains("\rMSA|AE|5|a b~c\r") == true)
  }

  @Test("writes text in the message's character set (table 0211)")
  func characterSet() {
    let verdict = AcknowledgementVerdict.error(.internalError, "å€")
    let utf8 = Acknowledgement.answering(
      Array((Self.header + "||||||UNICODE UTF-8\r").utf8), verdict, controlID: "1", time: "2026")
    #expect(utf8?.firstRange(of: Array("MSA|AE|M-1|å€\r".utf8)) != nil)
    let latin1 = Acknowledgement.answering(
      Array((Self.header + "||||||8859/1\r").utf8), verdict, controlID: "1", time: "2026")
    #expect(latin1?.firstRange(of: Array("MSA|AE|M-1|".utf8) + [0xE5, 0x3F, 0x0D]) != nil)
  }

  @Test(
    "is in the mode that the sender wishes (sections 2.9.2 and 2.9.3)",
    arguments: [
      ("", "", "AA", "AE", "AR"), ("AL", "", "CA", "CE", "CR"), ("AL", "NE", "CA", "CE", "CR"),
      ("AL", "AL", "CA", "CE", "CR"), ("NE", "NE", nil, nil, nil), ("NE", "", nil, nil, nil),
      ("", "NE", nil, nil, nil), ("ER", "", nil, "CE", "CR"), ("SU", "", "CA", nil, nil),
      ("NE", "AL", "AA", "AE", "AR"), ("", "AL", "AA", "AE", "AR"), ("", "ER", nil, "AE", "AR"),
      ("", "SU", "AA", nil, nil), ("ER", "SU", "AA", "CE", "CR"), ("SU", "ER", "CA", "AE", "AR"),
      ("?", "", "CA", "CE", "CR"),
    ] as [(String, String, String?, String?, String?)])
  func modes(_ commit: String, _ application: String, _ good: String?, _ error: String?, _ reject: String?) {
    let verdicts: [AcknowledgementVerdict] = [
      .accepted, .error(.internalError, "x"), .rejected(.unsupportedEvent, "x"),
    ]
    let codes = verdicts.map { verdict in
      answer(wishing(commit, application), verdict).flatMap { Acknowledgement(Array($0.utf8))?.code.rawValue }
    }
    #expect(codes == [good, error, reject])
  }

  @Test(
    "of what has no MSH is a reject with defaults of our own, whatever the verdict",
    arguments: [
      "", "\r\n", "nonsense", "PID|1\rMSH|^~\\&|A\r", "MSH", "MSH|", "MSHa^~\\&a", "MSH|||A|B\r",
      "msh|^~\\&|",
    ])
  func noHeader(_ message: String) {
    for (verdict, code, text) in [
      (AcknowledgementVerdict.accepted, "100^Segment sequence error", "No MSH segment"),
      (.error(.dataType, "Why"), "102^Data type error", "Why"),
    ] {
      #expect(
        answer(message, verdict)
          == "MSH|^~\\&|||||20261121101501||ACK|S-9|P|2.5.1\rMSA|AR||\(text)\r"
          + "ERR|||\(code)^HL70357|E||||\(text)\r")
    }
  }

  @Test("of a header that ends early has the defaults for what is missing")
  func shortHeader() {
    #expect(
      answer("\u{FEFF}\r\nMSH|^~\\&|A") == "MSH|^~\\&|||A||20261121101501||ACK|S-9|P|2.5.1\rMSA|AA\r")
  }

  @Test("can always leave in a block and be read, whatever it answers")
  func anyMessage() throws {
    for seed in UInt64(0)..<2000 { try answerNoise(seed) }
  }

  private func answerNoise(_ seed: UInt64) throws {
    var random = Seeded(seed: seed)
    let start = Array((Bool.random(using: &random) ? "MSH|^~\\&|" : "MSH").utf8)
    let message = start + random.protocolBytes(Int.random(in: 0...120, using: &random))
    let verdict = AcknowledgementVerdict.error(.internalError, String(decoding: message, as: UTF8.self))
    if let bytes = Acknowledgement.answering(message, verdict, controlID: "1", time: "2026") {
      #expect(MLLPBlock.framing(bytes) != nil, "seed \(seed)")
      let read = try #require(Acknowledgement(bytes), "seed \(seed)")
      #expect(read.outcome != .accepted, "seed \(seed)")
    }
    _ = Acknowledgement(message + Array("\rMSA|AE|".utf8) + message)
  }
}

@Suite("A received acknowledgement")
struct ReceivedAcknowledgementTests {
  private func read(_ segments: String) -> Acknowledgement? {
    Acknowledgement(Array("MSH|^~\\&|A|B|C|D|2026||ACK|9|P|2.5.1\r\(segments)".utf8))
  }

  @Test(
    "tells what to do (sections 2.9.2 and 2.9.3)",
    arguments: [
      ("MSA|AA|1\r", .accepted), ("MSA|CA|1\n", .accepted), ("MSA|AE|1\r", .error(mayRetry: true)),
      ("MSA|CE|1", .error(mayRetry: true)), ("MSA|AR|1\r", .rejected), ("MSA|CR|1\r", .rejected),
      ("MSA|AE|1\rERR|||101^Required field missing^HL70357|E\r", .error(mayRetry: false)),
      ("MSA|AE|1\rERR|||207^Application internal error^HL70357|E\r", .error(mayRetry: true)),
      ("MSA|AR|1\rERR|||206|E\r", .error(mayRetry: true)), ("MSA|AR|1\rERR|||200|E\r", .rejected),
      ("MSA|AE|1\rERR|PID^1^3^101&Required field missing&HL70357\r", .error(mayRetry: false)),
      ("MSA|AE|1\rERR|||X99|E\r", .error(mayRetry: true)), ("SFT|x\rMSA| AA |1\r", .accepted),
    ] as [(String, Acknowledgement.Outcome)])
  func outcomes(_ segments: String, _ outcome: Acknowledgement.Outcome) {
    #expect(read(segments)?.outcome == outcome)
  }

  @Test(
    "that says nothing about the message is none",
    arguments: ["", "PID|1\r", "MSA\r", "MSA|\r", "MSA|OK|1\r", "MSA|aa|1\r", "MSAA|AA|1\r", "MSA^AA^1\r"])
  func none(_ segments: String) {
    #expect(read(segments) == nil)
    #expect(Acknowledgement(Array("MSA|AA|1\r".utf8)) == nil)
  }

  @Test("has the receiver's words, from wherever it wrote them")
  func text() {
    #expect(read("MSA|AE|1|Words\rERR|||101^Table|E||||User\r")?.text == "Words")
    #expect(read("MSA|AE|1\rERR|||101^Table|E|||Diagnosis|User\r")?.text == "User")
    #expect(read("MSA|AE|1\rERR|||101^Table|E|||Diagnosis\r")?.text == "Diagnosis")
    #expect(read("MSA|AE|1\rERR|||101^Table|E\r")?.text == "Table")
    #expect(read("MSA|AE|1\rERR|PID^1^3^101&Old words\r")?.text == "Old words")
    #expect(read("MSA|AA|1\r")?.text == "")
    #expect(Acknowledgement(Array("MSH|^~\\&|\rMSA|AE|1|".utf8) + [0xE5, 0x0D])?.text == "å")
  }

  @Test("answers the message whose control id it names, and no other")
  func matching() {
    let message = Array("MSH#^~\\&#A#B#C#D#2026##ADT^A01#M-1#P#2.5.1\r".utf8)
    #expect(read("MSA|AA|M-1\r")?.answers(message) == true)
    #expect(read("MSA|AA| M-1 |x\r")?.answers(message) == true)
    for other in ["M-10", "M-", "m-1", ""] {
      #expect(read("MSA|AA|\(other)\r")?.answers(message) == false)
    }
    #expect(read("MSA|AA|\r")?.answers(Array("MSH|^~\\&|A|B|C|D|2026||ADT^A01||P|2.5.1\r".utf8)) == false)
    #expect(read("MSA|AA|1\r")?.answers([]) == false)
  }
}
