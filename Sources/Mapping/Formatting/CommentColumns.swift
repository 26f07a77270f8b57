/// The columns of comments behind something.
///
/// Comments that were written in one column stay in one. It keeps its distance from the longest of their lines, two
/// spaces at least.
struct CommentColumns {
  /// The column by line.
  private(set) var columns: [Int: Int] = [:]

  init(_ page: WrittenPage, codes: [String]) {
    let lines = page.lines.indices.filter { page.lines[$0].comment != nil && !page.lines[$0].isComment }
    for (column, group) in Dictionary(grouping: lines, by: { page.lines[$0].comment ?? 0 }) {
      let distance = group.map { column - page.lines[$0].codeEnd }.min() ?? 0
      let longest = group.map { codes[$0].unicodeScalars.count }.max() ?? 0
      for line in group { columns[line] = longest + max(2, distance) }
    }
  }
}
