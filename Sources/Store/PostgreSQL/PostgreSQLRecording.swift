/// What a batch records of translations: gathered, then written with two statements.
struct PostgreSQLRecording {
  /// A delivery of a message, in its class, and who is told of it.
  struct Addition {
    let message: Int64
    let deliveryClass: Int64
    let delivery: NewDelivery
    let hear: (DeliveryReceipt) -> Void
  }

  private struct Outcome {
    let sequence: Int64
    let translation: TranslationRecord
  }

  private static let mostBytes = 1 << 22

  private var outcomes: [Outcome] = []
  private var sequences: Set<Int64> = []
  private(set) var additions: [Addition] = []
  private var bytes = 0

  /// Whether the message's outcome is among those gathered, so that those come first.
  func has(_ sequence: Int64) -> Bool { sequences.contains(sequence) }

  var isFull: Bool { bytes > Self.mostBytes }

  mutating func add(_ translation: TranslationRecord, of sequence: Int64) {
    sequences.insert(sequence)
    outcomes.append(Outcome(sequence: sequence, translation: translation))
    bytes += translation.diagnostics?.count ?? 0
  }

  mutating func add(_ addition: Addition) {
    additions.append(addition)
    bytes += addition.delivery.body.count
  }

  var outcomeCall: PostgreSQLCall? {
    if outcomes.isEmpty { return nil }
    return PostgreSQLCall(
      Self.outcomeSQL, .integers(outcomes.map(\.sequence)),
      .texts(outcomes.map(\.translation.state.rawValue)), .texts(outcomes.map(\.translation.mappingVersion)),
      .blobs(outcomes.map(\.translation.diagnostics)))
  }

  /// Gives for each delivery, in order, its number, whether it is new, and the number of an earlier one with its
  /// key.
  var additionCall: PostgreSQLCall? {
    if additions.isEmpty { return nil }
    let deliveries = additions.map(\.delivery)
    return PostgreSQLCall(
      Self.additionSQL, .integers(additions.map(\.message)), .integers(additions.map(\.deliveryClass)),
      .texts(deliveries.map(\.key)), .texts(deliveries.map(\.target)), .texts(deliveries.map(\.lane)),
      .blobs(deliveries.map(\.body)), .integers(deliveries.map(\.created)), .integers(deliveries.map(\.due)),
      .texts(deliveries.map { $0.fault?.problem }),
      .integers(deliveries.map { $0.fault?.holdsLane == true ? 1 : 0 }), .blobs(deliveries.map(\.patient)))
  }

  /// Tells everybody; gives the targets and classes of what is new.
  func tell(_ rows: PostgreSQLRows, new: (Addition) -> Void) {
    var numbers: [String: Int64] = [:]
    for (row, addition) in additions.enumerated() {
      let key = addition.delivery.key
      guard rows.flag(row, 1) else {
        // The earlier one may be of the same statement.
        addition.hear(.repeated(rows.optionalInteger(row, 2) ?? numbers[key] ?? 0))
        continue
      }
      numbers[key] = rows.integer(row, 0)
      new(addition)
      addition.hear(.added(rows.integer(row, 0)))
    }
  }

  private static let outcomeSQL = """
    WITH done AS (DELETE FROM waiting WHERE sequence = ANY ($1::bigint[]))
    INSERT INTO outcome (sequence, state, mapping_version, diagnostics)
    SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::bytea[])
    ON CONFLICT (sequence) DO UPDATE SET state = excluded.state, rejected_key = NULL,
      mapping_version = excluded.mapping_version, diagnostics = excluded.diagnostics
    """

  /// The first of a lane becomes its head when nothing waits there; the others stand behind, by their numbers.
  private static let additionSQL = """
    WITH given AS MATERIALIZED (
      SELECT nextval('delivery_number_seq') AS number, given.*
      FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::bytea[], $7::bigint[],
        $8::bigint[], $9::text[], $10::bigint[], $11::bytea[]) WITH ORDINALITY
        AS given (message, class, key, target, lane, body, made, due, fault, holds, patient, place)
    ), added AS (
      INSERT INTO delivery (number, message, class, state, attempts, created, changed, lane, key, patient)
      SELECT number, message, class,
        CASE WHEN fault IS NULL THEN \(DeliveryState.waiting.code) ELSE \(DeliveryState.dead.code) END,
        0, made, made, lane, key, patient
      FROM given ORDER BY place ON CONFLICT (key) DO NOTHING RETURNING number
    ), stored AS (
      INSERT INTO delivery_body SELECT number, body FROM given JOIN added USING (number)
    ), problems AS (
      INSERT INTO delivery_problem SELECT number, fault FROM given JOIN added USING (number)
      WHERE fault IS NOT NULL
    ), queued AS MATERIALIZED (
      SELECT number, target, lane, CASE WHEN fault IS NULL THEN due END AS due
      FROM given JOIN added USING (number) WHERE fault IS NULL OR holds = 1
    ), heads AS (
      INSERT INTO lane (target, name, aside, head, due)
      SELECT DISTINCT ON (target, lane) target, lane, 0, number, due FROM queued ORDER BY target, lane, number
      ON CONFLICT DO NOTHING RETURNING head
    ), followers AS (
      INSERT INTO behind SELECT target, lane, number, due FROM queued
      WHERE number NOT IN (SELECT head FROM heads)
    )
    SELECT given.number, added.number IS NOT NULL, CASE WHEN added.number IS NULL THEN
      (SELECT number FROM delivery AS earlier WHERE earlier.key = given.key) END
    FROM given LEFT JOIN added USING (number) ORDER BY place
    """
}
