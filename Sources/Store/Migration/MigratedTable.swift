/// A table that both engines have with these columns, and that therefore is copied as it is.
struct MigratedTable {
  let name: String
  let columns: [String]
  /// The column whose numbers the engine gives; it goes on where the other stopped.
  var numbered: String?

  /// In an order in which no row refers to one that is not there yet. New tables get their line here.
  static let all = [
    MigratedTable(
      name: "message",
      columns: ["sequence", "id", "mapping", "sender_key", "received", "content_type", "body"],
      numbered: "sequence"),
    MigratedTable(
      name: "outcome", columns: ["sequence", "state", "rejected_key", "mapping_version", "diagnostics"]),
    MigratedTable(name: "waiting", columns: ["sequence"]),
    MigratedTable(
      name: "delivery_class", columns: ["number", "target", "route", "content_type"], numbered: "number"),
    MigratedTable(
      name: "delivery",
      columns: [
        "number", "message", "class", "state", "attempts", "created", "changed", "lane", "key",
      ], numbered: "number"),
    MigratedTable(name: "delivery_body", columns: ["number", "body"]),
    MigratedTable(name: "delivery_edit", columns: ["number", "edition", "content_type", "made", "body"]),
    MigratedTable(name: "delivery_problem", columns: ["number", "problem"]),
    MigratedTable(name: "lane", columns: ["target", "name", "aside", "head", "due"]),
    MigratedTable(name: "behind", columns: ["target", "lane", "number", "due"]),
    MigratedTable(name: "delivery_tally", columns: ["class", "state", "count"]),
  ]

  var reading: String {
    "SELECT \(columns.joined(separator: ", ")) FROM \(name)"
  }

  func insert(_ values: [PostgreSQLValue]) -> PostgreSQLCall {
    let places = columns.indices.map { "$\($0 + 1)" }.joined(separator: ", ")
    return PostgreSQLCall(
      "INSERT INTO \(name) (\(columns.joined(separator: ", "))) VALUES (\(places))", values: values)
  }

  /// Rows, and bytes of bodies where the table has them; the same question to both engines.
  var measuring: String {
    let length = columns.contains("body") ? "coalesce(sum(length(body)), 0)" : "0"
    return "SELECT CAST(count(*) AS bigint), CAST(\(length) AS bigint) FROM \(name)"
  }

  /// Lets numbers go on behind the highest.
  var numbering: PostgreSQLCall? {
    numbered.map { column in
      PostgreSQLCall(
        """
        SELECT setval(pg_get_serial_sequence('\(name)', '\(column)'), max(\(column))) FROM \(name)
        HAVING max(\(column)) IS NOT NULL
        """)
    }
  }
}
