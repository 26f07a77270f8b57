/// The indentation of comments that have a line for themselves.
///
/// A comment belongs to the line below it. One that stands deeper closes the block above, at the level at which it was
/// written.
enum CommentMargins {
  static func set(in page: inout WrittenPage) {
    var above: [WrittenLine.Level] = []
    for line in page.lines.indices {
      if page.lines[line].isComment, page.lines[line].margin == nil {
        page.lines[line].margin = margin(of: page.lines[line].indentation, above, below: page.lines[line...])
      } else if !page.lines[line].levels.isEmpty {
        above = page.lines[line].levels
      }
    }
  }

  private static func margin(
    of column: Int, _ above: [WrittenLine.Level], below: ArraySlice<WrittenLine>
  ) -> Int {
    let next = below.first { !$0.levels.isEmpty }
    if let next, let margin = next.margin, column <= next.indentation { return margin }
    let levels = (above + (next?.levels ?? [])).filter { $0.old <= column }
    return levels.max { ($0.old, $0.new) < ($1.old, $1.new) }?.new ?? 0
  }
}
