/// A table that both engines have with these columns, and that therefore is copied as it is.
struct MigratedTable {
  let name: String
  let columns: [String]
  /// The column whose numbers the engine gives; it goes on where the other stopped.
  var numbered: String?

  /// The column by which SQLite's rows are to be read; nil for their own order.
  var order: String?
  /// The column whose bytes are counted on both sides; nil when the rows are.
  var sized: String?

  /// In an order in which no row refers to one that is not there yet. New tables get their line here.
  static let all =
    [
      MigratedTable(
        name: "message",
        columns: ["sequence", "id", "mapping", "sender_key", "received", "content_type", "body", "key_day"],
        numbered: "sequence", sized: "body"),
      MigratedTable(
        name: "outcome", columns: ["sequence", "state", "rejected_key", "mapping_version", "diagnostics"]),
      MigratedTable(name: "waiting", columns: ["sequence"]),
      MigratedTable(
        name: "delivery_class", columns: ["number", "target", "route", "content_type"], numbered: "number"),
      MigratedTable(
        name: "delivery",
        columns: [
          "number", "message", "class", "state", "attempts", "created", "changed", "lane", "key",
          "patient",
        ], numbered: "number"),
      MigratedTable(name: "delivery_body", columns: ["number", "body"], sized: "body"),
      MigratedTable(
        name: "delivery_edit", columns: ["number", "edition", "content_type", "made", "body"], sized: "body"),
      MigratedTable(name: "delivery_problem", columns: ["number", "problem"]),
      MigratedTable(name: "lane", columns: ["target", "name", "aside", "head", "due"]),
      MigratedTable(name: "behind", columns: ["target", "lane", "number", "due"]),
      MigratedTable(name: "delivery_tally", columns: ["class", "state", "count"]),
    ] + hub + audit + billing + rest

  private static let hub = [
    MigratedTable(name: "hub_name", columns: ["number", "name"], numbered: "number"),
    MigratedTable(
      name: "hub_resource",
      columns: [
        "number", "id", "type", "patient", "version", "revision", "state", "start", "finish", "time",
        "contributor", "mapping_version", "message", "entries", "keys", "ranges", "content",
      ], numbered: "number", sized: "content"),
    MigratedTable(name: "hub_search", columns: ["key", "type", "start", "number", "finish"]),
    MigratedTable(
      name: "hub_statement", columns: ["resource", "contributor", "time", "message", "content"],
      order: "rowid", sized: "content"),
    MigratedTable(
      name: "hub_version",
      columns: [
        "resource", "version", "state", "time", "contributor", "mapping_version", "message", "content",
      ], sized: "content"),
    MigratedTable(name: "hub_list", columns: ["whole", "type", "contributor", "time", "message"]),
    MigratedTable(name: "hub_trace", columns: ["message", "effects"]),
  ]

  private static let audit = [
    MigratedTable(
      name: "audit", columns: ["number", "time", "patient", "person", "record"], sized: "record"),
    MigratedTable(name: "audit_tile", columns: ["place", "hashes"], sized: "hashes"),
    MigratedTable(name: "audit_key", columns: ["id", "pseudonym", "wrapped"], sized: "wrapped"),
    MigratedTable(name: "audit_checkpoint", columns: ["size", "note"]),
  ]

  private static let billing = [
    MigratedTable(
      name: "billing_record",
      columns: [
        "number", "visit", "kind", "debtor", "month", "amount", "credits", "reason", "rules", "made", "body",
        "facts",
      ], numbered: "number", sized: "body"),
    MigratedTable(name: "billing_visit", columns: ["visit", "version", "record", "revision"]),
    MigratedTable(name: "billing_facts", columns: ["visit", "facts"], sized: "facts"),
    MigratedTable(name: "billing_open", columns: ["debtor", "origin", "month", "record", "amount"]),
    MigratedTable(name: "billing_waiting", columns: ["record"]),
    MigratedTable(
      name: "billing_batch",
      columns: [
        "number", "claim", "debtor", "month", "credits", "lines", "amount", "digest", "issued", "made",
        "terms",
      ]),
    MigratedTable(name: "billing_line", columns: ["batch", "line", "record"]),
    MigratedTable(
      name: "billing_event",
      columns: ["number", "batch", "state", "detail", "amount", "made", "key"], numbered: "number"),
  ]

  private static let rest = [
    MigratedTable(name: "emptied", columns: ["sequence", "bytes", "code", "time"], sized: "code"),
    MigratedTable(name: "retention_place", columns: ["rule", "sequence"]),
    MigratedTable(name: "retention_left", columns: ["rule", "sequence"]),
    MigratedTable(name: "kept", columns: ["space", "key", "revision", "value"], sized: "value"),
  ]

  var reading: String {
    "SELECT \(columns.joined(separator: ", ")) FROM \(name)" + (order.map { " ORDER BY \($0)" } ?? "")
  }

  func insert(_ values: [PostgreSQLValue]) -> PostgreSQLCall {
    let places = columns.indices.map { "$\($0 + 1)" }.joined(separator: ", ")
    return PostgreSQLCall(
      "INSERT INTO \(name) (\(columns.joined(separator: ", "))) VALUES (\(places))", values: values)
  }

  /// Rows, and bytes of bodies where the table has them; the same question to both engines.
  var measuring: String {
    let length = sized.map { "coalesce(sum(length(\($0))), 0)" } ?? "0"
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
