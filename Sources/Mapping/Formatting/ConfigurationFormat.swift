public import Diagnostics
import YAML

/// How shape, mapping and case files are laid out.
///
/// Levels are two spaces apart; the values of a mapping's lines stand in one column (``ValueColumns``); `|` has one
/// space at each side; comments go with what they stand at (``CommentMargins``, ``CommentColumns``); there is at most
/// one empty line in a row. Everything else stays as it was written.
public enum ConfigurationFormat {
  /// A file's text laid out. Laying it out again changes nothing.
  /// - Throws: what ``YAMLReader`` says of a malformed file; a diagnostic for a file that would not mean the same.
  public static func format(_ text: String, file: String) throws(Diagnostic) -> String {
    let text = text.hasPrefix("\u{FEFF}") ? String(text.unicodeScalars.dropFirst()) : text
    let tree = try YAMLReader.read(text, file: file)
    let table = MappingTable(tree)
    var layout = BlockLayout(WrittenPage(text, tree), ValueColumns(table).columns)
    try layout.lay(tree)
    for cell in table.cells { layout.page.evenPipes(of: cell.entry.value) }
    CommentMargins.set(in: &layout.page)
    let formatted = PageText(layout.page).text
    try verify(formatted, reads: tree, table, file)
    return formatted
  }

  private static func verify(
    _ formatted: String, reads tree: YAMLNode, _ table: MappingTable, _ file: String
  ) throws(Diagnostic) {
    let lines = Set(table.cells.map(\.entry.value.start))
    let difference: YAMLNode?
    do throws(Diagnostic) {
      difference = tree.difference(from: try YAMLReader.read(formatted, file: file)) { old, new in
        old.hasText(of: new)
          || lines.contains(old.start) && PipeSpacing.isEven(old)
            && PipeSpacing.even(old.text ?? "") == new.text
      }
    } catch {
      difference = tree
    }
    guard let difference else { return }
    let form = "something simpler here: laid out anew, it would read differently"
    throw Diagnostic(.expectedForm(what: "lines that can be laid out", form: form), at: difference.place)
  }
}
