/// What came of a replay, or would.
public struct ReplayCount: Codable, Equatable, Sendable {
  /// The messages that were looked at.
  public var messages = 0
  /// Those that can't be translated now.
  public var failed = 0
  /// Those whose content was kept for long enough and is gone.
  public var removed = 0
  /// Deliveries that are new.
  public var made = 0
  /// Deliveries that wait or are dead and get the new document.
  public var edited = 0
  /// Deliveries that the target has in another form and gets again.
  public var corrected = 0
  /// Deliveries that would say the same again.
  public var unchanged = 0

  /// Nothing yet.
  public init() {}

  /// The sums.
  public static func + (left: ReplayCount, right: ReplayCount) -> ReplayCount {
    var sum = left
    sum.messages += right.messages
    sum.failed += right.failed
    sum.removed += right.removed
    sum.made += right.made
    sum.edited += right.edited
    sum.corrected += right.corrected
    sum.unchanged += right.unchanged
    return sum
  }

  var json: JSONObject {
    var object = JSONObject()
    let members = [
      ("messages", messages), ("failed", failed), ("removed", removed), ("made", made), ("edited", edited),
      ("corrected", corrected), ("unchanged", unchanged),
    ]
    for (name, number) in members { object.add(name, json: String(number)) }
    return object
  }
}
