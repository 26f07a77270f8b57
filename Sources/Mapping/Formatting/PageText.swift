/// A page as text: comments at their columns, at most one empty line in a row, one line feed at the end.
struct PageText {
  let text: String

  init(_ page: WrittenPage) {
    let codes = page.lines.map(\.code)
    let comments = CommentColumns(page, codes: codes)
    var lines: [String] = []
    var isAfterEmpty = true
    var lastFull = 0
    for (index, line) in page.lines.enumerated() {
      if line.isEmpty {
        if !isAfterEmpty { lines.append("") }
        isAfterEmpty = true
        continue
      }
      lines.append(Self.line(line, codes[index], comments.columns[index]))
      isAfterEmpty = false
      lastFull = lines.count
    }
    text = lines.prefix(lastFull).joined(separator: "\n") + "\n"
  }

  private static func line(_ line: WrittenLine, _ code: String, _ column: Int?) -> String {
    guard let comment = line.commentText else { return code }
    let margin = column.map { $0 - code.unicodeScalars.count } ?? line.margin ?? line.indentation
    return code + String(repeating: " ", count: max(0, margin)) + comment
  }
}
