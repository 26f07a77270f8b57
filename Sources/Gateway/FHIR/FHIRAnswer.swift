import Documents
import Formats
import HTTP
import Mapping

/// Makes HTTP answers of FHIR's documents, in the format that was asked for.
struct FHIRAnswer {
  let library: MappingLibrary
  let format: HubFormat
  /// What ties the request, the answer and the audit log together.
  let correlation: String

  /// - Parameter json: one resource.
  func answer(_ status: Int, _ json: [UInt8], version: Int64? = nil) -> HTTPResponse {
    var headers = [
      (name: "Content-Type", value: "\(format.mediaType); charset=utf-8"),
      (name: "Cache-Control", value: "no-store"), (name: "X-Request-Id", value: correlation),
    ]
    if let version { headers.append((name: "ETag", value: "W/\"\(version)\"")) }
    guard format == .xml else { return HTTPResponse(status: status, headers: headers, body: json) }
    guard let xml = try? Self.xml(json, library) else {
      return FHIRAnswer(library: library, format: .json, correlation: correlation)
        .fault(FHIRFault(status: 406, code: "not-supported", text: "XML can't hold it; ask for JSON"))
    }
    return HTTPResponse(status: status, headers: headers, body: xml)
  }

  func fault(_ fault: FHIRFault) -> HTTPResponse { answer(fault.status, FHIRText.outcome(fault)) }

  private static func xml(_ json: [UInt8], _ library: MappingLibrary) throws -> [UInt8] {
    var forest = Forest(names: library.names)
    let root = try JSONReader().read(json, named: "hub", into: &forest)
    return try FHIRXMLWriter(FHIRModel(library.shapes)).bytes(root, of: forest)
  }
}
