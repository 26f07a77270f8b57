/// A line as it was written, and what is to become of it. Columns count Unicode scalars.
struct WrittenLine {
  /// A column as it was, and as it will be.
  struct Level {
    let old: Int
    let new: Int
  }

  let scalars: [Unicode.Scalar]
  /// The column at which something other than white space begins.
  let indentation: Int
  /// Where its comment begins.
  var comment: Int?
  /// Whether it begins inside a text that goes over several lines.
  var isInsideText = false
  /// Whether it ends inside such a text.
  var endsInsideText = false
  /// Its new indentation; a line without one stays where it is.
  var margin: Int?
  /// The levels of all blocks that stand around it or begin in it, from the outermost.
  var levels: [Level] = []
  /// Changes of what stands behind the indentation, from left to right.
  var edits: [(range: Range<Int>, text: String)] = []
  /// All of it anew, for lines of a text behind `|` or `>`.
  var replacement: String?

  init(_ scalars: [Unicode.Scalar]) {
    self.scalars = scalars
    indentation = scalars.firstIndex { !Self.isSpace($0) } ?? scalars.count
  }

  static func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" }

  /// Whether it may be left out.
  var isEmpty: Bool { indentation == scalars.count && !isInsideText }

  /// Whether it is a comment alone.
  var isComment: Bool { comment == indentation }

  /// Whether a character is its first, at a column.
  func begins(with scalar: Unicode.Scalar, at column: Int) -> Bool {
    indentation == column && column < scalars.count && scalars[column] == scalar
  }

  /// The column behind its last character that is no comment.
  var codeEnd: Int {
    let code = scalars[..<(comment ?? scalars.count)]
    return (code.lastIndex { !Self.isSpace($0) } ?? -1) + 1
  }

  /// The line anew, without its comment.
  var code: String {
    if let replacement { return replacement }
    guard codeEnd > 0 else { return "" }
    var text = String(repeating: " ", count: margin ?? indentation)
    var at = indentation
    for edit in edits.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      text += string(at..<edit.range.lowerBound) + edit.text
      at = edit.range.upperBound
    }
    return text + string(at..<max(at, keepsItsEnd ? scalars.count : codeEnd))
  }

  /// In quotes, a backslash at the end escapes the space behind it.
  private var keepsItsEnd: Bool { endsInsideText && scalars[codeEnd - 1] == "\\" }

  private func string(_ range: Range<Int>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars[range.clamped(to: scalars.indices)])
    return String(text)
  }

  /// The comment without white space behind it.
  var commentText: String? {
    guard let comment else { return nil }
    let end = (scalars.lastIndex { !Self.isSpace($0) } ?? -1) + 1
    return string(comment..<end)
  }
}
