extension Acknowledgement {
  /// The acknowledgement of a message: MSH, MSA and, for a refusal, ERR (HL7 v2.5.1, section 2.14.1).
  ///
  /// Sender and receiver change places, MSH-11, 12 and 18 and the delimiters are the message's own. MSA-1 is
  /// in original mode when MSH-15 and 16 are both absent, else in enhanced mode as they wish. A refusal's
  /// text stands in MSA-3 and, from v2.5 on, in ERR-8; in what the character set of MSH-18 lacks, `?`.
  /// A message that no MSH is found in gets an AR with delimiters and version of our own, even when the
  /// verdict accepts it: nobody could match anything else.
  /// - Parameters:
  ///   - message: the message, without its block.
  ///   - verdict: what to say of it.
  ///   - mode: whether MSH-15 and 16 count, or the sender is known to want something else.
  ///   - controlID: MSH-10 of the acknowledgement, new for each; up to 20 letters, digits and hyphens.
  ///   - time: MSH-7, as HL7 writes points in time: `20261121101500+0100`.
  /// - Returns: the bytes for a block; nil when the sender wants no acknowledgement of that verdict.
  public static func answering(
    _ message: [UInt8], _ verdict: AcknowledgementVerdict, mode: AcknowledgementMode = .asWished,
    controlID: String, time: String
  ) -> [UInt8]? {
    guard let header = Segment.header(of: message) else {
      return AcknowledgementDraft(header: nil).written(
        .applicationReject, verdict.refusal ?? (.segmentSequence, "No MSH segment"), controlID, time)
    }
    return AcknowledgementWish(header, mode).code(verdict).map {
      AcknowledgementDraft(header: header).written($0, verdict.refusal, controlID, time)
    }
  }
}

/// What an acknowledgement takes over from the message's header, and how it writes.
struct AcknowledgementDraft {
  private static let ourVersion = Array("2.5.1".utf8)
  private static let ourProcessingID = Array("P".utf8)

  private let header: Segment?
  private let delimiters: Delimiters
  private let version: [UInt8]
  private let text: HL7Text

  init(header: Segment?) {
    self.header = header
    delimiters = header?.delimiters ?? .usual
    let told = Self.copy(header?[12] ?? [])
    version = told.isEmpty ? Self.ourVersion : told
    text = HL7Text(delimiters, characterSet: header?[18, 1] ?? [])
  }

  func written(
    _ code: AcknowledgementCode, _ refusal: (code: HL7ErrorCode, text: String)?, _ controlID: String,
    _ time: String
  ) -> [UInt8] {
    let msa = [
      Array("MSA".utf8), Array(code.rawValue.utf8), field(10), text.bytes(refusal?.text ?? "", most: 80),
    ]
    let error = refusal.map { segment(isOld ? oldError($0.code) : newError($0.code, $0.text)) } ?? []
    return segment(msh(controlID, time)) + segment(msa) + error
  }

  private func msh(_ controlID: String, _ time: String) -> [[UInt8]] {
    [
      Array("MSH".utf8), delimiters.encoding, field(5), field(6), field(3), field(4),
      text.bytes(time, most: 26), [], messageType, text.bytes(controlID, most: 199),
      field(11).isEmpty ? Self.ourProcessingID : field(11), version, [], [], [], [], [], field(18),
    ]
  }

  /// MSH-9: the trigger is the message's; the structure is named when the message names its own.
  private var messageType: [UInt8] {
    let ack = Array("ACK".utf8)
    guard let header, !header[9, 2].isEmpty else { return ack }
    let structure = header[9, 3].isEmpty ? [] : [delimiters.component] + ack
    return ack + [delimiters.component] + Self.copy(header[9, 2]) + structure
  }

  /// Before v2.5 ERR had one field, of code and place (HL7 v2.3.1, section 2.24.2).
  private var isOld: Bool {
    ["2.1", "2.2", "2.3", "2.4"].contains { version.starts(with: $0.utf8) }
  }

  private func oldError(_ code: HL7ErrorCode) -> [[UInt8]] {
    let place = [UInt8](repeating: delimiters.component, count: 3)
    let parts = ["\(code.rawValue)", code.words, "HL70357"].map { text.bytes($0, most: 80) }
    return [Array("ERR".utf8), place + joined(parts, delimiters.subcomponent)]
  }

  /// ERR-3 the code, ERR-4 the severity, ERR-8 the words for the sender (HL7 v2.5.1, section 2.15.5).
  private func newError(_ code: HL7ErrorCode, _ words: String) -> [[UInt8]] {
    let parts = ["\(code.rawValue)", code.words, "HL70357"].map { text.bytes($0, most: 80) }
    return [
      Array("ERR".utf8), [], [], joined(parts, delimiters.component), Array("E".utf8), [], [], [],
      text.bytes(words, most: 250),
    ]
  }

  /// Only the first part when there is nothing to join with.
  private func joined(_ parts: [[UInt8]], _ separator: UInt8?) -> [UInt8] {
    guard let separator else { return parts[0] }
    return Array(parts.joined(separator: [separator]))
  }

  private func segment(_ fields: [[UInt8]]) -> [UInt8] {
    let last = fields.lastIndex { !$0.isEmpty } ?? 0
    return Array(fields[...last].joined(separator: [delimiters.field])) + [UInt8(ascii: "\r")]
  }

  private func field(_ number: Int) -> [UInt8] {
    Self.copy(header?[number] ?? [])
  }

  /// Without control characters, which might end the block that the acknowledgement leaves in.
  private static func copy(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    bytes.filter { $0 >= 0x20 }
  }
}
