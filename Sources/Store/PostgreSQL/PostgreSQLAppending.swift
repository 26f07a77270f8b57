/// Rows that a batch only adds to a table: gathered, and written with one statement for each table before anybody
/// reads or changes the table.
struct PostgreSQLAppending {
  private struct Rows {
    let table: String
    let names: String
    var columns: [[PostgreSQLValue]]
    var bytes = 0

    /// Columns in which there is nothing are left out: of what type they are is not known.
    var call: PostgreSQLCall {
      let all = zip(names.dropFirst().dropLast().split(separator: ", "), columns.map(PostgreSQLValue.array))
      let filled = all.compactMap { name, array in array.map { (name: name, array: $0) } }
      let places = filled.enumerated().map { "$\($0 + 1)::\($1.array.type)" }.joined(separator: ", ")
      return PostgreSQLCall(
        """
        INSERT INTO \(table) (\(filled.map(\.name).joined(separator: ", "))) SELECT * FROM unnest(\(places))
        """, values: filled.map(\.array.value))
    }
  }

  /// What is known of a statement.
  private struct Kind {
    /// The table and the columns that it fills, when it does nothing else.
    var target: (table: String, names: String)?
    /// The tables that it may read or change.
    var touched: [String] = []
  }

  /// The tables to which most rows are added.
  private static let tables = ["hub_search", "hub_statement", "hub_resource", "audit"]
  private static let mostBytes = 1 << 20

  private var rows: [String: Rows] = [:]
  private var kinds: [String: Kind] = [:]

  /// Takes a row in; false when the call does more than to add one.
  mutating func take(_ call: PostgreSQLCall) -> Bool {
    guard let target = kind(of: call.sql).target else { return false }
    let none = Rows(table: target.table, names: target.names, columns: call.values.map { _ in [] })
    guard rows[target.table, default: none].names == target.names else { return false }
    for (column, value) in call.values.enumerated() {
      rows[target.table, default: none].columns[column].append(value)
      rows[target.table, default: none].bytes += value.size
    }
    return true
  }

  /// What has to be written before a call.
  mutating func before(_ call: PostgreSQLCall) -> [PostgreSQLCall] {
    if rows.isEmpty { return [] }
    let kind = kind(of: call.sql)
    return kind.touched.compactMap { table in
      guard table != kind.target?.table || (rows[table]?.bytes ?? 0) > Self.mostBytes else { return nil }
      return rows.removeValue(forKey: table)?.call
    }
  }

  /// All that is left.
  mutating func rest() -> [PostgreSQLCall] {
    defer { rows = [:] }
    return rows.isEmpty ? [] : Self.tables.compactMap { rows[$0]?.call }
  }

  mutating func forget() {
    rows = [:]
  }

  private mutating func kind(of sql: String) -> Kind {
    if let kind = kinds[sql] { return kind }
    let words = Set(sql.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init))
    let kind = Kind(target: Self.target(of: sql), touched: Self.tables.filter(words.contains))
    kinds[sql] = kind
    return kind
  }

  /// `INSERT INTO table (a, b) VALUES ($1, $2)`, and nothing behind it.
  private static func target(of sql: String) -> (table: String, names: String)? {
    let words = sql.split(whereSeparator: \.isWhitespace)
    guard words.count > 5, words[0] == "INSERT", words[1] == "INTO", tables.contains(String(words[2])),
      let values = words.firstIndex(of: "VALUES"), values > 3
    else { return nil }
    let names = words[3..<values]
    let places = (1...names.count).map { "$\($0)" }.joined(separator: ", ")
    guard words[(values + 1)...].joined(separator: " ") == "(\(places))" else { return nil }
    return (String(words[2]), names.joined(separator: " "))
  }
}

extension PostgreSQLValue {
  /// Values of one column as an array, and what PostgreSQL calls its type; nil when all are null.
  fileprivate static func array(_ values: [PostgreSQLValue]) -> (type: String, value: PostgreSQLValue)? {
    for value in values {
      switch value {
      case .integer:
        return ("bigint[]", .integers(values.map { if case .integer(let it) = $0 { it } else { nil } }))
      case .text: return ("text[]", .texts(values.map { if case .text(let it) = $0 { it } else { nil } }))
      case .bytes: return ("bytea[]", .blobs(values.map { if case .bytes(let it) = $0 { it } else { nil } }))
      default: continue
      }
    }
    return nil
  }
}
