/// Reads a text by Unicode scalars.
protocol ScalarReader {
  var text: [Unicode.Scalar] { get }
  /// The number of scalars read.
  var at: Int { get set }
}

extension ScalarReader {
  func peek(_ ahead: Int = 0) -> Unicode.Scalar? {
    at + ahead < text.count ? text[at + ahead] : nil
  }

  mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
    guard peek() == scalar else { return false }
    at += 1
    return true
  }

  mutating func take(while belongs: (Unicode.Scalar) -> Bool) -> String {
    var taken = String.UnicodeScalarView()
    while let next = peek(), belongs(next) {
      taken.append(next)
      at += 1
    }
    return String(taken)
  }
}
