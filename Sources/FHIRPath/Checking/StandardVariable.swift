/// The variables that FHIRPath and FHIR R4 give to every formula (section 9; R4, "Using FHIRPath with FHIR").
enum StandardVariable {
  private static let systems = [
    "sct": "http://snomed.info/sct", "loinc": "http://loinc.org", "ucum": "http://unitsofmeasure.org",
  ]

  /// `%ext-birthTime` and `%vs-administrative-gender` name FHIR's own extensions and value sets.
  private static let prefixes = [
    "ext-": "http://hl7.org/fhir/StructureDefinition/", "vs-": "http://hl7.org/fhir/ValueSet/",
  ]

  static let names = ["context", "resource", "rootResource"] + systems.keys.sorted()

  static func value(of name: String) -> String? {
    if let system = systems[name] { return system }
    for (prefix, url) in prefixes where name.hasPrefix(prefix) { return url + name.dropFirst(prefix.count) }
    return nil
  }
}
