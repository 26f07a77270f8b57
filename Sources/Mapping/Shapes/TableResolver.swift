import Diagnostics
import Documents
import YAML

// Tables are known when their columns' types are.
extension ShapeResolver {
  /// The columns of a CSV shape, or nothing for other formats.
  mutating func table(_ source: ShapeSource, root: TypeID) -> CSVTable {
    var table = CSVTable()
    guard source.format == .csv, let fields = source.fields else { return table }
    table.dialect = source.dialect
    table.isClosed = source.isClosed
    table.shape = source.name
    guard let row = types[root].fields.first, row.name == CSVTable.row, row.cardinality.repeats,
      case .object(let type) = row.content, types[root].fields.count == 1
    else {
      let form = "`row*` alone, with the columns below it"
      diagnostics.append(Diagnostic(.expectedForm(what: "a CSV shape's tree", form: form), at: fields.place))
      return table
    }
    for column in types[type].fields {
      if case .object = column.content {
        let form = "values in `\(column.name)`: cells have no fields"
        diagnostics.append(
          Diagnostic(.expectedForm(what: "a CSV shape's column", form: form), at: fields.place))
      }
      table.columns.append(
        .init(name: column.id, isRequired: column.cardinality.isRequired, repeats: column.cardinality.repeats)
      )
    }
    return table
  }
}
