import Diagnostics
import Mapping
import YAML

/// Reads the section `retention`.
extension ConfigurationReader {
  mutating func retention(_ node: YAMLNode) throws(Diagnostic) -> RetentionConfiguration {
    var keys = try KeyReader(node, RetentionKeys.retention)
    defer { diagnostics += keys.diagnostics }
    var retention = RetentionConfiguration()
    retention.messages = keys.entries("messages").compactMap { rule($0) }
    retention.hub = keys.entries("hub").compactMap { rule($0) }
    retention.versions = duration(keys["versions"])
    retention.lookEvery = duration(keys["look-every"]) ?? retention.lookEvery
    return retention
  }

  private mutating func rule(_ entry: YAMLNode.Entry) -> RetentionConfiguration.Rule? {
    guard let pattern = MappingPattern(entry.name) else {
      expect("a mapping", "a name, `journal/*`, or `*`", at: entry.key.place)
      return nil
    }
    if entry.value.text == "forever" {
      return RetentionConfiguration.Rule(name: entry.name, pattern: pattern, time: nil)
    }
    return duration(entry.value).map { .init(name: entry.name, pattern: pattern, time: $0) }
  }
}
