import Mapping
import Store

/// What may go at a time, by the configuration and by store.yaml: the first rule that fits a mapping counts.
struct RetentionPlan {
  let bodies: [BodyRemoval]
  let hub: [(pattern: MappingPattern, before: Int64)]
  let versionsBefore: Int64?

  /// - Parameter time: now, in milliseconds since 1970, UTC.
  init(_ configuration: RetentionConfiguration, _ rules: [String: MessageRule], at time: Int64) {
    var ways: [Way] = configuration.messages.map { rule in
      let meant = rules.filter { rule.pattern.matches($0.key) }.values
      return Way(rule.name, rule.pattern, rule.time, meant.reduce(into: []) { $0.formUnion($1.keepAfter) })
    }
    for (name, rule) in rules.sorted(by: { $0.key < $1.key }) {
      guard let keep = rule.keep, let pattern = MappingPattern(name) else { continue }
      ways.append(Way(name, pattern, keep, rule.keepAfter))
    }
    bodies = ways.indices.compactMap { ways[$0].removal(behind: ways[..<$0].map(\.self), at: time) }
    hub = configuration.hub.compactMap { rule in
      rule.time.map { (rule.pattern, time - $0.wholeMilliseconds) }
    }
    versionsBefore = configuration.versions.map { time - $0.wholeMilliseconds }
  }

  /// A rule and the types whose time must be over.
  private struct Way {
    let name: String
    let pattern: MappingPattern
    let time: Duration?
    let ended: Set<String>

    init(_ name: String, _ pattern: MappingPattern, _ time: Duration?, _ ended: Set<String>) {
      (self.name, self.pattern, self.time, self.ended) = (name, pattern, time, ended)
    }

    /// Its name says all that it depends on, so that a changed rule looks at all messages again.
    func removal(behind others: [Way], at now: Int64) -> BodyRemoval? {
      guard let time else { return nil }
      let words =
        [name, "\(time.wholeMilliseconds)"] + ended.sorted() + others.map { "-" + $0.name }
      return BodyRemoval(
        rule: words.joined(separator: " "),
        isMeant: { mapping in
          pattern.matches(mapping) && !others.contains { $0.pattern.matches(mapping) }
        }, before: now - time.wholeMilliseconds, ended: ended, time: now)
    }
  }
}
