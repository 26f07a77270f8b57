import Delivery
import Diagnostics

/// What happens in a running gateway and somebody should know, without patient data.
public enum GatewayEvent: Sendable {
  /// Changed mappings were looked at.
  case mappings(MappingsReport)
  /// Nobody answers at a target any more.
  case targetDown(target: String, problem: String)
  /// A target answers again.
  case targetUp(target: String)
  /// A delivery waits for a person.
  case deliveryDead(number: Int64, message: String, route: String, target: String, problem: String)
  /// A message could not be translated; its diagnostics' codes.
  case messageFailed(id: String, mapping: String, codes: String)
  /// A message was translated, but its visit could not be priced; its diagnostics' codes.
  case visitUnpriced(message: String, codes: String)
  /// Something at the doors: somebody turned away, renewed certificates.
  case entrance(EntranceReport)
  /// A checkpoint of the audit log could not be signed or witnessed.
  case auditFailing(problem: String)
  /// A booking goes no further until a person sees to it; its saga's id.
  case bookingStuck(id: String, problem: String)
  /// The store does not take what it is given; it is given it again.
  case storeFailing
  /// An alert began or ended.
  case alert(AlertNotice)
  /// A receiver of alerts does not take them; it is tried again.
  case noticeUntold(receiver: String, problem: String)
  /// What was kept for long enough is gone: contents of messages and deliveries, resources and versions.
  case removed(messages: Int, deliveries: Int, resources: Int, versions: Int)
  /// A request over RIV-TA got a fault.
  case rivta(RIVTANews)
  /// Something about the engagement index.
  case engagement(EngagementNews)
  /// Something about the other gateways on the same database.
  case neighbours(NeighbourNews)

  /// How grave it is.
  public enum Level: String, Sendable {
    case info, warning, error
  }

  /// How grave it is.
  public var level: Level {
    switch self {
    case .mappings(.served), .targetUp, .entrance(.certificatesRenewed), .removed: .info
    case .alert(let notice): notice.isStart ? .warning : .info
    case .engagement(let news): news.level
    case .neighbours(let news): news.level
    case .rivta: .warning
    case .bookingStuck, .mappings(.refused), .targetDown, .messageFailed, .deliveryDead, .visitUnpriced,
      .entrance,
      .noticeUntold:
      .warning
    case .storeFailing, .auditFailing: .error
    }
  }

  /// One line for people.
  public var text: String {
    switch self {
    case .mappings(.served(let changes, let version, _)):
      "sluss serves mappings \(version) (\(changes.text))"
    case .mappings(.refused(let diagnostics)):
      "sluss keeps its mappings: the changed ones have \(Self.count(diagnostics))"
    case .targetDown(let target, let problem): "sluss gets no answer from \(target): \(problem)"
    case .targetUp(let target): "sluss gets answers from \(target) again"
    case .deliveryDead(let number, _, _, let target, let problem):
      "sluss has given up delivery \(number) to \(target): \(problem)"
    case .messageFailed(let id, let mapping, let codes):
      "sluss can't translate message \(id) with \(mapping): \(codes)"
    case .visitUnpriced(let message, let codes): "sluss can't price the visit of message \(message): \(codes)"
    case .entrance(let report): "sluss: \(report)"
    case .auditFailing(let problem): "sluss can't sign its audit log: \(problem)"
    case .bookingStuck(let id, let problem): "sluss can't go on with booking \(id): \(problem)"
    case .storeFailing: "sluss can't write to its store; it goes on trying"
    case .alert(let notice): "sluss alert \(notice.line)"
    case .noticeUntold(let receiver, let problem): "sluss can't tell \(receiver) of an alert: \(problem)"
    case .removed(let messages, let deliveries, let resources, let versions):
      "sluss has removed what was kept for long enough: the contents of \(messages) messages and "
        + "\(deliveries) deliveries, \(resources) resources, \(versions) versions"
    case .engagement(let news): news.text
    case .neighbours(let news): news.text
    case .rivta(let news): news.text
    }
  }

  /// One line of JSON for machines.
  /// - Parameter time: when it happened, milliseconds since 1970, UTC.
  public func json(at time: Int64) -> String {
    var object = JSONObject()
    object.add("time", Timestamp.text(milliseconds: time))
    object.add("level", level.rawValue)
    object.add("event", name)
    for (name, value) in fields { object.add(name, value) }
    return object.text
  }

  private var name: String {
    switch self {
    case .mappings(.served): "mappings-served"
    case .mappings(.refused): "mappings-refused"
    case .targetDown: "target-down"
    case .targetUp: "target-up"
    case .deliveryDead: "delivery-dead"
    case .messageFailed: "message-failed"
    case .visitUnpriced: "visit-unpriced"
    case .entrance: "entrance"
    case .auditFailing: "audit-failing"
    case .bookingStuck: "booking-stuck"
    case .storeFailing: "store-failing"
    case .alert(let notice): notice.isStart ? "alert-started" : "alert-ended"
    case .noticeUntold: "notice-untold"
    case .removed: "removed"
    case .engagement(let news): news.name
    case .neighbours(let news): news.name
    case .rivta: "rivta-fault"
    }
  }

  private var fields: [(String, String)] {
    switch self {
    case .mappings(.served(let changes, let version, _)): [("version", version), ("changes", changes.text)]
    case .mappings(.refused(let diagnostics)): [("problem", Self.count(diagnostics))]
    case .targetDown(let target, let problem): [("target", target), ("problem", problem)]
    case .targetUp(let target): [("target", target)]
    case .deliveryDead(let number, let message, let route, let target, let problem):
      [
        ("delivery", String(number)), ("message", message), ("route", route), ("target", target),
        ("problem", problem),
      ]
    case .messageFailed(let id, let mapping, let codes):
      [("message", id), ("mapping", mapping), ("problem", codes)]
    case .visitUnpriced(let message, let codes): [("message", message), ("problem", codes)]
    case .entrance(let report): [("problem", report.description)]
    case .auditFailing(let problem): [("problem", problem)]
    case .bookingStuck(let id, let problem): [("booking", id), ("problem", problem)]
    case .storeFailing: []
    case .alert(let notice): [("alert", notice.alert), ("subject", notice.subject), ("text", notice.line)]
    case .noticeUntold(let receiver, let problem): [("receiver", receiver), ("problem", problem)]
    case .engagement(let news): news.fields
    case .neighbours(let news): news.fields
    case .rivta(let news): news.fields
    case .removed(let messages, let deliveries, let resources, let versions):
      [
        ("messages", String(messages)), ("deliveries", String(deliveries)), ("resources", String(resources)),
        ("versions", String(versions)),
      ]
    }
  }

  private static func count(_ diagnostics: [Diagnostic]) -> String {
    let errors = diagnostics.count { $0.severity == .error }
    return "\(errors) \(errors == 1 ? "error" : "errors")"
  }
}

extension MappingChanges {
  /// In words: `changed: a, b; added: c`.
  var text: String {
    let parts = [("changed", changed), ("added", added), ("removed", removed)].filter { !$0.1.isEmpty }
    if parts.isEmpty { return "unchanged" }
    return parts.map { "\($0.0): \($0.1.joined(separator: ", "))" }.joined(separator: "; ")
  }
}
