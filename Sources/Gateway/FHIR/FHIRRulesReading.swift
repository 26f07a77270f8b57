import Diagnostics
import Mapping
import YAML

/// Reads the section `fhir`.
extension ConfigurationReader {
  mutating func fhir(_ node: YAMLNode) throws(Diagnostic) -> FHIRRules {
    var keys = try KeyReader(node, FHIRKeys.section)
    var rules = FHIRRules()
    for entry in keys.entries("consumers") { rules.consumers[entry.name] = try fhirConsumer(entry.value) }
    diagnostics += keys.diagnostics
    return rules
  }

  private mutating func fhirConsumer(_ node: YAMLNode) throws(Diagnostic) -> FHIRConsumer {
    let keys = try KeyReader(node, FHIRKeys.consumer)
    defer { diagnostics += keys.diagnostics }
    var consumer = FHIRConsumer()
    if let list = keys["own-checks"], !list.isEmpty {
      for item in list.items ?? [list] {
        guard let check = AccessCheck(rawValue: item.text ?? "") else {
          expect("a check", "`blocks`, `consent` or `patient-relation`", at: item.place)
          continue
        }
        consumer.ownChecks.insert(check)
      }
    }
    if let node = keys["actor"] {
      var keys = try KeyReader(node, RIVTAKeys.actor)
      consumer.actor = RIVTAActor(&keys)
      diagnostics += keys.diagnostics
    }
    return consumer
  }
}

extension RIVTAActor {
  /// As the configuration names one.
  init(_ keys: inout KeyReader) {
    self.init()
    employee = keys.text("employee") ?? ""
    careUnit = keys.text("care-unit") ?? ""
    careGiver = keys.text("care-giver") ?? ""
  }
}
