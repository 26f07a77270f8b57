import Foundation

/// This process as one of those that share the database, and the calls that it makes in its own name.
struct PostgreSQLGateway: Sendable {
  /// Its number, which no other process ever had.
  let number: Int64
  /// Likewise, in any database.
  let name: String
  /// Milliseconds without a sign of life after which others may take over. They need some time to notice: that
  /// is the third that is missing here of the configuration's.
  let lease: Int64

  /// How long another one that translates may get no further until this one takes over.
  let progressWithin: Duration

  /// How late an answer may come that gives work: a sixth of the configuration's lease.
  var delay: Duration { .milliseconds(lease / 4) }

  /// Makes a gateway known that has just started.
  static func register(
    _ configuration: PostgreSQLConfiguration, on connection: PostgreSQLConnection
  ) throws(PostgreSQLFailure) -> Self {
    let sql = """
      INSERT INTO gateway (name, lease_until) VALUES ($1, clock_timestamp() + milliseconds($2)) RETURNING number
      """
    let lease = configuration.lease * 2 / 3
    let name = "\(configuration.name) \(UUID().uuidString)"
    let call = PostgreSQLCall(sql, .text(name), .integer(lease))
    return PostgreSQLGateway(
      number: try connection.run(call).integer(0, 0), name: name, lease: lease,
      progressWithin: .milliseconds(configuration.progressWithin ?? 3 * configuration.lease))
  }

  // MARK: being there

  var keepAlive: PostgreSQLCall {
    PostgreSQLCall("SELECT keep_alive($1, $2, $3)", .integer(number), .text(name), .integer(lease))
  }

  /// Gives back everything at once.
  var leave: PostgreSQLCall {
    PostgreSQLCall("SELECT bury_gateway($1, true)", .integer(number))
  }

  func mark(_ batch: Int64) -> PostgreSQLCall {
    PostgreSQLCall("SELECT mark_batch($1, $2)", .integer(number), .integer(batch))
  }

  /// The last batch that was committed.
  var lastBatch: PostgreSQLCall {
    PostgreSQLCall("SELECT batch FROM batch_mark WHERE gateway = $1", .integer(number))
  }

  // MARK: messages

  func record(_ translation: TranslationRecord) -> PostgreSQLCall {
    PostgreSQLCall(
      "SELECT record_translation($1, $2, $3, $4)", .text(translation.id), .text(translation.state.rawValue),
      .optional(translation.mappingVersion), .optional(translation.diagnostics))
  }

  /// Whether it translates, and whether another one that lives does; no row when nobody does.
  var translator: PostgreSQLCall {
    PostgreSQLCall(
      """
      SELECT gateway = $1, EXISTS (SELECT FROM gateway AS other
        WHERE other.number = translator.gateway AND other.lease_until > clock_timestamp()) FROM translator
      """, .integer(number))
  }

  /// Translates from now on when nobody does who lives; whether it does.
  var leadTranslation: PostgreSQLCall {
    PostgreSQLCall("SELECT lead_translation($1)", .integer(number))
  }

  /// Which gateway translates, and the first message that waits for it; no row when none does.
  var progress: PostgreSQLCall {
    PostgreSQLCall("SELECT gateway, (SELECT min(sequence) FROM waiting) FROM translator")
  }

  /// Translates from now on in the place of that one, unless something has changed; a row if it does.
  func replaceTranslator(_ leader: Int64, whileFirst oldest: Int64) -> PostgreSQLCall {
    PostgreSQLCall(
      """
      UPDATE translator SET gateway = $1 WHERE gateway = $2 AND $3 = (SELECT min(sequence) FROM waiting)
      RETURNING gateway
      """, .integer(number), .integer(leader), .integer(oldest))
  }

  /// Wakes the gateway that translates, unless it is this one.
  var wakeTranslator: PostgreSQLCall { PostgreSQLCall("SELECT wake_translator($1)", .integer(number)) }

  // MARK: deliveries

  func wake(_ target: String) -> PostgreSQLCall { PostgreSQLCall("SELECT wake($1)", .text(target)) }

  func take(_ target: String, now: Int64, _ lease: Int64, _ limit: Int) -> PostgreSQLCall {
    PostgreSQLCall(
      "SELECT take_due($1, $2, $3, $4, $5)", .text(target), .integer(now), .integer(Int64(limit)),
      .integer(number), .integer(min(lease, self.lease)))
  }

  func giveBack(_ numbers: [Int64]) -> PostgreSQLCall {
    PostgreSQLCall("SELECT give_back($1, $2)", .integer(number), .integers(numbers))
  }

  /// Gives back what was taken by an answer that never came.
  func giveBack(allBut known: [Int64]) -> PostgreSQLCall {
    PostgreSQLCall("SELECT give_back_others($1, $2)", .integer(number), .integers(known))
  }

  func report(_ report: DeliveryReport) -> PostgreSQLCall {
    let (kind, due, problem): (Int64, Int64?, String?) =
      switch report.result {
      case .delivered: (0, nil, nil)
      case .retry(let due, let problem, let stepsAside): (stepsAside ? 2 : 1, due, problem)
      case .dead(let problem, let holdsLane): (holdsLane ? 4 : 3, nil, problem)
      }
    return PostgreSQLCall(
      "SELECT * FROM report_delivery($1, $2, $3, $4, $5, $6, $7)", .integer(report.number), .integer(number),
      .integer(kind), .integer(Int64(report.attempts)), .integer(report.time), .optional(due),
      .optional(problem))
  }

  func intervene(_ intervention: DeliveryIntervention, on delivery: Int64, time: Int64) -> PostgreSQLCall {
    let (kind, reason, contentType, body): (Int64, String?, String?, [UInt8]?) =
      switch intervention {
      case .retry: (0, nil, nil, nil)
      case .skip(let reason): (1, reason, nil, nil)
      case .replaceBody(let contentType, let bytes): (2, nil, contentType, bytes)
      }
    return PostgreSQLCall(
      "SELECT * FROM intervene_in_delivery($1, $2, $3, $4, $5, $6)", .integer(delivery), .integer(kind),
      .integer(time), .optional(reason), .optional(contentType), .optional(body))
  }
}
