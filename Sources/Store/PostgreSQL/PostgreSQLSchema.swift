/// The tables and functions, and how a database gets from one version of them to the next. Tables are changed step
/// by step; functions are program, and made anew with each version.
///
/// They stand in the schema that the connection's `search_path` names first, so that one database may hold
/// several stores.
enum PostgreSQLSchema {
  /// One entry for each version; entries are never changed.
  private static let steps = [
    PostgreSQLMessageTables.step + PostgreSQLDeliveryTables.step + PostgreSQLSharedTables.step,
    PostgreSQLSharedTables.billingFacts,
    PostgreSQLMessageTables.translator,
    PostgreSQLSharedTables.contentKeys + ContentKeyTable.step,
    HubSchema.toldAloneInPostgreSQL,
    PostgreSQLDeliveryTables.claimsWithoutIndex,
  ]

  /// All that any version has had.
  private static let functions = [
    "accept_message", "add_delivery", "append_to_lane", "bury", "bury_gateway", "bury_the_dead",
    "find_delivery", "free_lane", "give_back", "give_back_others", "insert_into_lane",
    "intervene_in_delivery", "is_held", "keep_alive", "lead_translation", "mark_batch", "milliseconds",
    "note_problem", "record_translation", "remove_from_lane", "report_delivery", "set_due", "step_aside",
    "take_due", "take_untranslated", "wake", "wake_next", "wake_translator",
  ]

  private static let newFunctions = """
    DO $$
    DECLARE
      each text;
    BEGIN
      FOR each IN SELECT oid::regprocedure FROM pg_proc
        WHERE pronamespace = quote_ident(current_schema())::regnamespace
          AND proname = ANY ('{\(functions.joined(separator: ","))}')
      LOOP EXECUTE 'DROP FUNCTION ' || each; END LOOP;
    END $$;
    \(PostgreSQLMessageFunctions.sql)
    \(PostgreSQLLaneFunctions.sql)
    \(PostgreSQLDeliveryFunctions.sql)
    """

  /// The version that this program knows.
  static var known: Int { steps.count }

  /// Makes the tables those of this program, while every other gateway that starts waits. Throws
  /// ``StoreError/newerSchema(found:known:)``, ``StoreError/olderGatewaysRun(count:found:known:)``, and what the
  /// server says.
  /// - Parameter predecessor: is dead, whatever its lease.
  static func update(
    _ connection: PostgreSQLConnection, after predecessor: PostgreSQLPredecessor? = nil
  ) throws(StoreError) {
    let doing = "updating the schema"
    try connection.asking(doing) { connection throws(PostgreSQLFailure) in
      try connection.script("BEGIN")
      _ = try connection.run(PostgreSQLWriterLock.call)
    }
    let found = try version(connection)
    guard found <= steps.count else { throw .newerSchema(found: found, known: steps.count) }
    if (1..<steps.count).contains(found) {
      let running = try gatewaysRunning(connection, but: predecessor)
      guard running == 0 else {
        throw .olderGatewaysRun(count: running, found: found, known: steps.count)
      }
    }
    try connection.asking(doing) { connection throws(PostgreSQLFailure) in
      if found < steps.count {
        for step in steps[found...] { try connection.script(step) }
        try connection.script(newFunctions)
        try connection.script("UPDATE schema_version SET version = \(steps.count)")
      }
      try connection.script("COMMIT")
    }
  }

  /// Their statements are made for the tables as they are.
  private static func gatewaysRunning(
    _ connection: PostgreSQLConnection, but predecessor: PostgreSQLPredecessor?
  ) throws(StoreError) -> Int {
    try connection.asking("looking for other gateways") { connection throws(PostgreSQLFailure) in
      let call = PostgreSQLCall(
        "SELECT count(*) FROM gateway WHERE lease_until > clock_timestamp() AND name IS DISTINCT FROM $1",
        .optional(predecessor?.known?.name))
      return Int(try connection.run(call).integer(0, 0))
    }
  }

  /// That the tables are still those of this program: while this gateway was cut off it counted as dead, and others
  /// may have brought new ones.
  static func check(_ connection: PostgreSQLConnection) throws(PostgreSQLFailure) {
    let rows = try connection.run(versionCall)
    do throws(StoreError) { try check(rows) } catch { throw .unusable(error) }
  }

  /// Likewise, by an answer to ``versionCall``.
  static func check(_ rows: PostgreSQLRows) throws(StoreError) {
    let found = Int(rows.integer(0, 0))
    guard found == known else { throw .newerSchema(found: found, known: known) }
  }

  /// Asks for the version of the tables.
  static let versionCall = PostgreSQLCall("SELECT version FROM schema_version")

  private static func version(_ connection: PostgreSQLConnection) throws(StoreError) -> Int {
    try connection.asking("reading the schema version") { connection throws(PostgreSQLFailure) in
      let place = "quote_ident(current_schema()) || '.schema_version'"
      let known = try connection.run(PostgreSQLCall("SELECT to_regclass(\(place)) IS NOT NULL"))
      guard known.flag(0, 0) else {
        try connection.script("CREATE TABLE schema_version AS SELECT 0::bigint AS version")
        return 0
      }
      return Int(try connection.run(versionCall).integer(0, 0))
    }
  }
}
