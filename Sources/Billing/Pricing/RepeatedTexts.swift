import Documents

/// Texts that most visits share, made once.
struct RepeatedTexts {
  private var last: (bytes: [UInt8], text: String) = ([], "")
  private var lastMonth: (number: Int, text: String) = (0, "")

  /// A part of a document as a string.
  mutating func string(_ range: Range<Int>, of document: borrowing FactDocument) -> String {
    guard !document.isEscaped else { return document.string(.system) }
    if document.same(range, last.bytes) { return last.text }
    last.bytes.removeAll(keepingCapacity: true)
    document.append(range, to: &last.bytes)
    last.text = document.string(range)
    return last.text
  }

  /// `2026-10`; empty for no day.
  mutating func month(_ day: CalendarDay?) -> String {
    guard let day else { return "" }
    if lastMonth.number != day.number / 100 { lastMonth = (day.number / 100, day.monthText) }
    return lastMonth.text
  }
}

extension FactDocument {
  /// Whether a part of the document has these bytes.
  func same(_ range: Range<Int>, _ bytes: [UInt8]) -> Bool {
    text.withElements { text in
      bytes.withUnsafeBufferPointer { ByteRuns.same(UnsafeBufferPointer(rebasing: text[range]), $0) }
    }
  }

  /// Whether a fact is a personnummer or samordningsnummer.
  func isPersonNumber(_ fact: Fact) -> Bool {
    let range = self[fact]
    return text.withElements { NumberChecks.isPersonNumber(utf8: $0[range]) }
  }

  /// A fact that is an instant, in milliseconds since 1970; else 0.
  func milliseconds(_ fact: Fact) -> Int64 {
    let range = self[fact]
    return text.withElements { Milliseconds.read(UnsafeBufferPointer(rebasing: $0[range])) }
  }
}
