/// Where the parts of a record are: what checking a log needs of it, found without copying anything. What
/// ``AuditRecord`` cannot read has no outline.
struct RecordOutline {
  /// Milliseconds since 1970, UTC.
  let time: Int64
  let action, person, correlation: Range<Int>
  /// Whom it is about.
  let pseudonym: KeyName?
  /// The key that the patient is encrypted with.
  let keyID: KeyName?

  fileprivate static let texts = 11
  private static let commitmentSize = 32

  init?(_ record: Span<UInt8>) {
    guard record.count > 10, record[0] == AuditRecord.version, AuditOutcome(rawValue: record[9]) != nil else {
      return nil
    }
    time = Int64(bitPattern: UInt64(bigEndian: record.word(at: 1)))
    var reader = OutlineReader(position: 10)
    let first = reader.text(record)
    reader.skip(1, record)
    let third = reader.text(record)
    reader.skip(Self.texts - 4, record)
    let last = reader.text(record)
    reader.skip(Int(reader.count(record)), record)
    guard reader.isSound, reader.areTextsSound(record, from: 10), AuditAction.isOne(record, first) else {
      return nil
    }
    (action, person, correlation) = (first, third, last)
    switch reader.byte(record) {
    case 0:
      (pseudonym, keyID) = (nil, nil)
    case 1:
      pseudonym = reader.name(record)
      keyID = reader.name(record)
      reader.raw(Self.commitmentSize, record)
      _ = reader.text(record)
    case 2:
      (pseudonym, keyID) = (reader.name(record), nil)
    default: return nil
    }
    guard reader.isSound, reader.position == record.count else { return nil }
  }
}

/// Goes through a record; once something is not there, nothing is.
private struct OutlineReader {
  private(set) var position: Int
  private(set) var isSound = true
  /// Whether each length is a letter of ASCII, as nearly all are.
  private var hasPlainLengths = true

  init(position: Int) { self.position = position }

  mutating func byte(_ record: Span<UInt8>) -> UInt8 {
    let range = raw(1, record)
    return range.isEmpty ? 0 : record[range.lowerBound]
  }

  /// How many texts follow.
  mutating func count(_ record: Span<UInt8>) -> UInt8 {
    let count = byte(record)
    if count & 0x80 != 0 { hasPlainLengths = false }
    return count
  }

  mutating func text(_ record: Span<UInt8>) -> Range<Int> {
    let head = raw(2, record)
    guard !head.isEmpty else { return head }
    let (high, low) = (record[head.lowerBound], record[head.lowerBound + 1])
    if (high | low) & 0x80 != 0 { hasPlainLengths = false }
    return raw(Int(high) << 8 | Int(low), record)
  }

  mutating func skip(_ texts: Int, _ record: Span<UInt8>) {
    for _ in 0..<texts { _ = text(record) }
  }

  mutating func name(_ record: Span<UInt8>) -> KeyName? {
    let range = raw(SealedPatient.identifierSize, record)
    return range.isEmpty ? nil : KeyName(record, at: range.lowerBound)
  }

  @discardableResult
  mutating func raw(_ count: Int, _ record: Span<UInt8>) -> Range<Int> {
    guard isSound, record.count - position >= count else {
      isSound = false
      return 0..<0
    }
    defer { position += count }
    return position..<position + count
  }

  /// Whether all texts up to here are UTF-8. With lengths that are letters themselves, all at once are it when each is.
  func areTextsSound(_ record: Span<UInt8>, from begin: Int) -> Bool {
    if hasPlainLengths { return record.extracting(begin..<position).isUTF8 }
    var reader = OutlineReader(position: begin)
    var texts = 0
    while reader.position < position {
      guard record.extracting(reader.text(record)).isUTF8 else { return false }
      texts += 1
      // The count of the kinds stands in front of them.
      if texts == RecordOutline.texts { _ = reader.byte(record) }
    }
    return true
  }
}

extension AuditAction {
  private static let words = allCases.map { Array($0.rawValue.utf8) }

  /// Whether that part of a record is one of the words.
  fileprivate static func isOne(_ record: Span<UInt8>, _ range: Range<Int>) -> Bool {
    words.contains { record.holds($0, at: range) }
  }
}

extension Span<UInt8> {
  /// Eight bytes as they lie in memory.
  func word(at offset: Int) -> UInt64 { bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self) }

  /// Whether these bytes stand there.
  func holds(_ other: [UInt8], at range: Range<Int>) -> Bool {
    guard other.count == range.count else { return false }
    for place in other.indices where self[range.lowerBound + place] != other[place] { return false }
    return true
  }

  fileprivate var isUTF8: Bool {
    do {
      _ = try UTF8Span(validating: self)
      return true
    } catch { return false }
  }
}
