import Diagnostics
import Mapping
import YAML

/// Reads the section `rivta`; the services of `checks` are targets and are left to who reads those.
struct RIVTARulesReader {
  var diagnostics: [Diagnostic] = []
  private(set) var rules = RIVTARules()
  private(set) var services: [YAMLNode.Entry] = []

  init(_ node: YAMLNode) throws(Diagnostic) {
    var keys = try KeyReader(node, RIVTAKeys.section)
    rules.id = keys.text("id") ?? ""
    rules.schemas = keys.text("schemas")
    if let node = keys["at-once"] {
      if let number = Int(node.text ?? ""), 1...100_000 ~= number {
        rules.atOnce = number
      } else {
        expect("the number", "a whole number from 1 to 100000", at: node.place)
      }
    }
    for entry in keys.entries("addresses") {
      guard let word = entry.value.text, ["source", "all"].contains(word) else {
        expect("a logical address", "`source` or `all` behind it", at: entry.value.place)
        continue
      }
      rules.addresses[entry.name] = RIVTAAddress(entry.name, isOfAll: word == "all")
    }
    for entry in keys.entries("consumers") { rules.consumers[entry.name] = try consumer(entry) }
    for entry in keys.entries("checks") {
      if AccessCheck(rawValue: entry.name) == nil {
        expect("a check", "`blocks`, `consent` or `patient-relation`", at: entry.key.place)
      }
      services.append(entry)
    }
    diagnostics += keys.diagnostics
  }

  private mutating func consumer(_ entry: YAMLNode.Entry) throws(Diagnostic) -> RIVTAConsumer {
    let keys = try KeyReader(entry.value, RIVTAKeys.consumer)
    defer { diagnostics += keys.diagnostics }
    var consumer = RIVTAConsumer(entry.name)
    consumer.contracts = patterns(keys["contracts"], "a contract")
    consumer.addresses = patterns(keys["addresses"], "a logical address")
    consumer.originals = patterns(keys["originals"], "an HSA-id")
    for item in items(keys["own-checks"]) {
      guard let check = AccessCheck(rawValue: item.text ?? "") else {
        expect("a check", "`blocks`, `consent` or `patient-relation`", at: item.place)
        continue
      }
      consumer.ownChecks.insert(check)
    }
    if let node = keys["actor"] {
      var keys = try KeyReader(node, RIVTAKeys.actor)
      consumer.actor = RIVTAActor(&keys)
      diagnostics += keys.diagnostics
    }
    return consumer
  }

  private mutating func patterns(_ node: YAMLNode?, _ what: String) -> [MappingPattern] {
    items(node).compactMap { item in
      if let pattern = MappingPattern(item.text ?? "") { return pattern }
      expect(what, "a name, its beginning with `*` behind it, or `*`", at: item.place)
      return nil
    }
  }

  private func items(_ node: YAMLNode?) -> [YAMLNode] {
    guard let node, !node.isEmpty else { return [] }
    return node.items ?? [node]
  }

  private mutating func expect(_ what: String, _ form: String, at place: Place) {
    diagnostics.append(Diagnostic(.expectedForm(what: what, form: form), at: place))
  }
}
