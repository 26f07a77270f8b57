/// That an alert began or ended, without patient data.
public struct AlertNotice: Codable, Equatable, Sendable {
  /// The rule's name.
  public let alert: String
  /// What the rule looked at: a target, a mapping, a certificate.
  public let subject: String
  /// Whether it began; else it ended.
  public let isStart: Bool
  /// Since when it is or was so, in milliseconds since 1970, UTC.
  public let since: Int64
  /// When that was found, likewise.
  public let time: Int64
  /// What is wrong, in words; empty for an end.
  public let text: String

  /// One line for people.
  public var line: String {
    isStart
      ? "\(alert): \(subject): \(text)"
      : "\(alert): \(subject): all is well again, after \((time - since) / 1000) s"
  }

  /// Tells it from all others; the same when it is sent once more.
  var id: String { "\(since)-\(isStart ? "start" : "end")-\(alert)-\(subject)" }

  var json: JSONObject {
    var object = JSONObject()
    object.add("id", id)
    object.add("alert", alert)
    object.add("subject", subject)
    object.add("state", isStart ? "started" : "ended")
    object.add("since", Timestamp.text(milliseconds: since))
    object.add("time", Timestamp.text(milliseconds: time))
    object.add("text", line)
    return object
  }
}
