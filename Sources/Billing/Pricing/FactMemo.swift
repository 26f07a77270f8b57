import Documents

/// Remembers what follows from facts, by their values. It forgets all when it has grown large: what few visits share
/// need not be kept.
struct FactMemo<Answer> {
  private var answers: [[UInt8]: Answer] = [:]
  private var key: [UInt8] = []
  private let most: Int

  init(most: Int = 8192) {
    self.most = most
  }

  /// What is remembered for these facts of a document; nil for nothing. ``remember(_:)`` is about the same facts.
  mutating func answer(of document: borrowing FactDocument, _ facts: [Int]) -> Answer? {
    key.removeAll(keepingCapacity: true)
    for fact in facts {
      document.append(fact, to: &key)
      key.append(0)
    }
    return answers[key]
  }

  mutating func remember(_ answer: Answer) {
    if answers.count >= most { answers.removeAll(keepingCapacity: true) }
    answers[key] = answer
  }
}

extension FactDocument {
  /// Appends a fact as it is written.
  func append(_ fact: Int, to bytes: inout [UInt8]) { append(self[fact], to: &bytes) }

  /// Appends a part of the document.
  func append(_ range: Range<Int>, to bytes: inout [UInt8]) {
    text.withElements { bytes.append(contentsOf: UnsafeBufferPointer(rebasing: $0[range])) }
  }
}
