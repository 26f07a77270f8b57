import Diagnostics
import HTTP
import Mapping
import YAML

/// Reads the section `alerts`.
extension ConfigurationReader {
  mutating func alerts(_ node: YAMLNode) throws(Diagnostic) -> AlertConfiguration {
    var keys = try KeyReader(node, AlertKeys.alerts)
    defer { diagnostics += keys.diagnostics }
    var alerts = AlertConfiguration()
    alerts.gateway = keys.text("gateway") ?? alerts.gateway
    alerts.lookEvery = duration(keys["look-every"]) ?? alerts.lookEvery
    for entry in keys.entries("receivers") {
      let receiver = attempt { reader throws(Diagnostic) in try reader.receiver(entry.value) }
      if let receiver { alerts.receivers[entry.name] = receiver }
    }
    let known = keys.entries("receivers").map(\.name)
    for entry in keys.entries("rules") {
      let rule = attempt { reader throws(Diagnostic) in try reader.rule(entry, known) }
      if let rule { alerts.rules.append(rule) }
    }
    return alerts
  }

  // MARK: rules

  private mutating func rule(_ entry: YAMLNode.Entry, _ known: [String]) throws(Diagnostic) -> AlertRule {
    let keys = try KeyReader(entry.value, AlertKeys.rule)
    defer { diagnostics += keys.diagnostics }
    var rule = AlertRule(entry.name, try condition(keys, at: entry.key.place))
    rule.lasting = duration(keys["lasting"]) ?? rule.lasting
    rule.calm = duration(keys["calm"]) ?? rule.calm
    rule.pause = duration(keys["pause"]) ?? rule.pause
    for node in keys["tell"].map({ $0.items ?? [$0] }) ?? [] {
      let name = node.text ?? ""
      if !known.contains(name) { expect("a receiver", "one of those in `receivers`", at: node.place) }
      rule.receivers.append(name)
    }
    return rule
  }

  private mutating func condition(
    _ keys: KeyReader, at place: Place
  ) throws(Diagnostic) -> AlertRule.Condition {
    let kinds = ["queue", "dead", "failures", "silence", "certificate", "store"].filter { keys[$0] != nil }
    guard let kind = kinds.first, kinds.count == 1, let node = keys[kind] else {
      throw Diagnostic(
        .expectedForm(
          what: "an alert",
          form: "one of `queue`, `dead`, `failures`, `silence`, `certificate`, `store`"), at: place)
    }
    return switch kind {
    case "queue": try queue(node)
    case "dead": try dead(node)
    case "failures": try failures(node)
    case "silence": try silence(node)
    case "certificate": try certificate(node)
    default: try store(node)
    }
  }

  private mutating func queue(_ node: YAMLNode) throws(Diagnostic) -> AlertRule.Condition {
    var keys = try KeyReader(node, AlertKeys.queue)
    defer { diagnostics += keys.diagnostics }
    let (depth, age) = (number(keys["deeper-than"], in: 0...1_000_000_000), duration(keys["older-than"]))
    if depth == nil, age == nil {
      expect("a queue's limits", "`deeper-than` or `older-than`", at: node.place)
    }
    return .queue(target: pattern(&keys, "target"), deeperThan: depth, olderThan: age)
  }

  private mutating func dead(_ node: YAMLNode) throws(Diagnostic) -> AlertRule.Condition {
    guard !node.isEmpty else { return .dead(target: .all, moreThan: 0) }
    var keys = try KeyReader(node, AlertKeys.dead)
    defer { diagnostics += keys.diagnostics }
    let limit = number(keys["more-than"], in: 0...1_000_000_000) ?? 0
    return .dead(target: pattern(&keys, "target"), moreThan: limit)
  }

  private mutating func failures(_ node: YAMLNode) throws(Diagnostic) -> AlertRule.Condition {
    var keys = try KeyReader(node, AlertKeys.failures)
    defer { diagnostics += keys.diagnostics }
    if (keys["mapping"] == nil) == (keys["target"] == nil) {
      expect("a limit of failures", "`mapping` or `target`", at: node.place)
    }
    let percent = keys["percent"]?.text.flatMap { Double($0) }.flatMap { 0...100 ~= $0 ? $0 : nil }
    if percent == nil, let place = keys["percent"]?.place {
      expect("the share", "a number from 0 to 100", at: place)
    }
    let subject: AlertRule.Subject =
      keys["mapping"] == nil
      ? .attempts(pattern(&keys, "target")) : .messages(pattern(&keys, "mapping"))
    return .failures(
      subject, moreThan: (percent ?? 0) / 100, of: number(keys["of-at-least"], in: 1...1_000_000) ?? 20,
      within: duration(keys["within"]) ?? .seconds(900))
  }

  private mutating func silence(_ node: YAMLNode) throws(Diagnostic) -> AlertRule.Condition {
    var keys = try KeyReader(node, AlertKeys.silence)
    defer { diagnostics += keys.diagnostics }
    let hours = keys["hours"].map { ($0, DailyHours($0.text ?? "", zone: keys.text("zone") ?? Self.zone)) }
    if let hours, hours.1 == nil {
      expect("the hours", "`07:00-22:00` in a zone such as \(Self.zone)", at: hours.0.place)
    }
    return .silence(
      mapping: pattern(&keys, "mapping"), named: keys.text("mapping") ?? "*",
      longerThan: duration(keys["longer-than"]) ?? .seconds(3600), hours: hours?.1)
  }

  private static var zone: String { "Europe/Stockholm" }

  private mutating func certificate(_ node: YAMLNode) throws(Diagnostic) -> AlertRule.Condition {
    guard !node.isEmpty else { return .certificate(endsWithin: .seconds(30 * 86_400)) }
    let keys = try KeyReader(node, AlertKeys.certificate)
    defer { diagnostics += keys.diagnostics }
    return .certificate(endsWithin: duration(keys["ends-within"]) ?? .seconds(30 * 86_400))
  }

  private mutating func store(_ node: YAMLNode) throws(Diagnostic) -> AlertRule.Condition {
    guard !node.isEmpty else { return .store(within: .seconds(300)) }
    let keys = try KeyReader(node, AlertKeys.store)
    defer { diagnostics += keys.diagnostics }
    return .store(within: duration(keys["within"]) ?? .seconds(300))
  }

  private mutating func pattern(_ keys: inout KeyReader, _ key: String) -> MappingPattern {
    guard let node = keys[key] else { return .all }
    if let pattern = MappingPattern(node.text ?? "") { return pattern }
    expect("`\(key)`", "a name, `journal/*`, or `*`", at: node.place)
    return .all
  }

  // MARK: receivers

  private mutating func receiver(_ node: YAMLNode) throws(Diagnostic) -> AlertReceiver {
    let keys = try KeyReader(node, AlertKeys.receiver)
    defer { diagnostics += keys.diagnostics }
    switch (keys["webhook"], keys["mail"]) {
    case (let webhook?, nil): return .webhook(try http(webhook, AlertKeys.webhook))
    case (nil, let mail?): return .mail(try self.mail(mail))
    default:
      throw Diagnostic(.expectedForm(what: "a receiver", form: "`webhook` or `mail`"), at: node.place)
    }
  }

  private mutating func mail(_ node: YAMLNode) throws(Diagnostic) -> MailReceiver {
    var keys = try KeyReader(node, AlertKeys.mail)
    defer { diagnostics += keys.diagnostics }
    let to = (keys["to"].map { $0.items ?? [$0] } ?? [])
    var mail = MailReceiver(
      host: keys.text("host") ?? "", from: keys.text("from") ?? "", to: to.compactMap(\.text))
    if let port = number(keys["port"], in: 1...65_535) { mail.port = UInt16(port) }
    mail.encryption = keys["encryption"]?.text ?? mail.encryption
    if MailServer.Encryption(rawValue: mail.encryption) == nil, let place = keys["encryption"]?.place {
      expect("the encryption", "`starttls`, `tls` or `none`", at: place)
    }
    if let node = keys["network"] { mail.network = network(node) ?? mail.network }
    (mail.trust, mail.user) = (keys.text("trust"), keys.text("user"))
    mail.password = try keys["password"].map { node throws(Diagnostic) in try Self.secret(node) }
    if (mail.user == nil) != (mail.password == nil) {
      expect("`user` and `password`", "both or neither", at: node.place)
    }
    if mail.encryption == "none", mail.network == .public {
      expect("the encryption", "`starttls` or `tls`, unless `network` is private or loopback", at: node.place)
    }
    let addresses = to + (keys["from"].map { [$0] } ?? [])
    for node in addresses where !Mail.isAddress(node.text ?? "") {
      expect("an address", "`somebody@region.example`, without a name", at: node.place)
    }
    return mail
  }

  // MARK: values

  mutating func duration(_ node: YAMLNode?) -> Duration? {
    guard let node else { return nil }
    if let duration = DurationText.read(node.text ?? "") { return duration }
    expect("a duration", "a number and a unit: `30 s`, `15 min`, `72 h`, `14 d`", at: node.place)
    return nil
  }

  mutating func expect(_ what: String, _ form: String, at place: Place) {
    diagnostics.append(Diagnostic(.expectedForm(what: what, form: form), at: place))
  }
}
