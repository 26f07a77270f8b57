import Diagnostics
import Mapping

/// What the façade says of itself: a CapabilityStatement (R4, 5.2), made of the hub's rules.
struct FHIRCapability {
  let rules: HubRules
  let base: String
  /// Since when it is so, RFC 3339.
  let since: String

  var text: [UInt8] {
    let resources = rules.resources.sorted { $0.key < $1.key }.map { resource($0.key, $0.value) }
    return Array(
      (#"{"resourceType":"CapabilityStatement","status":"active","date":"\#(since)","kind":"instance","#
        + #""software":{"name":"Sluss"},"implementation":{"description":"What the gateway's hub holds","url":"#
        + JSONRenderer.quote(base)
        + #"},"fhirVersion":"4.0.1","format":["application/fhir+json","application/fhir+xml"],"#
        + #""rest":[{"mode":"server","resource":[\#(resources.joined(separator: ","))]}]}"#).utf8)
  }

  private func resource(_ type: String, _ rule: ResourceRule) -> String {
    let own = rule.search.map { parameter($0.name, $0.kind.rawValue) }
    let patient = rule.patient.map { _ in
      [parameter("patient", "reference", "by its id; or patient.identifier=system|value")]
    }
    let lent = rules.resources.filter { $0.key != type }.values.flatMap(\.search).filter(\.isLent)
      .map { parameter($0.name, $0.kind.rawValue) }
    let parameters = [parameter("_id", "token")] + (patient ?? []) + own + (rule.patient == nil ? [] : lent)
    return
      #"{"type":"\#(type)","interaction":[{"code":"read"},{"code":"search-type"}],"versioning":"no-version","#
      + #""searchParam":[\#(parameters.joined(separator: ","))]}"#
  }

  private func parameter(_ name: String, _ type: String, _ documentation: String? = nil) -> String {
    let more = documentation.map { ",\"documentation\":\(JSONRenderer.quote($0))" } ?? ""
    return "{\"name\":\(JSONRenderer.quote(name)),\"type\":\"\(type)\"\(more)}"
  }
}
