import Diagnostics
import Store

/// FHIR's own documents of the façade, as JSON (R4): what a search found, and what went wrong.
enum FHIRText {
  /// A Bundle of type searchset (2.36). It says no total: counting would read all pages.
  /// - Parameters:
  ///   - base: the address of the façade.
  ///   - links: to this page and the next.
  static func searchset(
    _ resources: [HubResource], base: String, links: [(relation: String, url: String)]
  ) -> [UInt8] {
    var bytes = Array(#"{"resourceType":"Bundle","type":"searchset","link":["#.utf8)
    let texts = links.map { link in
      "{\"relation\":\"\(link.relation)\",\"url\":\(JSONRenderer.quote(link.url))}"
    }
    bytes += Array((texts.joined(separator: ",") + "]").utf8)
    for (number, resource) in resources.enumerated() {
      let url = JSONRenderer.quote("\(base)/\(resource.type)/\(resource.id.hexadecimal)")
      bytes += Array("\(number == 0 ? ",\"entry\":[" : ","){\"fullUrl\":\(url),\"resource\":".utf8)
      bytes += resource.content
      bytes += Array(#","search":{"mode":"match"}}"#.utf8)
    }
    bytes += Array((resources.isEmpty ? "}" : "]}").utf8)
    return bytes
  }

  /// An OperationOutcome of one error (2.31).
  static func outcome(_ fault: FHIRFault) -> [UInt8] {
    let text = JSONRenderer.quote(fault.text)
    return Array(
      #"{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"\#(fault.code)","diagnostics":\#(text)}]}"#
        .utf8)
  }
}
