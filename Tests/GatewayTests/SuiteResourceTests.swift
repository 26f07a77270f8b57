import Foundation
import Gateway
import Mapping
import Testing

/// HL7's example resources, those that FHIRPath's test suite reads, are taken into the hub and come out unharmed.
@Suite(.enabled(if: SharedFolder.path != nil, "the shared folder with FHIRPath's suite is not there"))
struct SuiteResourceTests {
  private static let folder = (SharedFolder.path ?? "") + "/suites/fhirpath"
  private static let files = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
    .filter { $0.hasSuffix(".json") }.sorted()

  @Test("A resource is read, and written as it was", arguments: files)
  func resource(_ file: String) throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: "\(Self.folder)/\(file)"))
    let translator = Translator(try MappingFolder.load(RepositoryFolder.path + "/Mappings"))
    let receipt = Receipt(received: "2026-11-21T10:15:00Z", id: "1")
    try translator.readHub(Array(data), named: file, receipt: receipt)
    let bundle = try #require(
      try JSONSerialization.jsonObject(with: Data(translator.hub())) as? [String: Any])
    let entries = try #require(bundle["entry"] as? [[String: Any]])
    let resource = try #require(entries.first?["resource"] as? NSDictionary)
    #expect(resource == (try JSONSerialization.jsonObject(with: data)) as? NSDictionary)
  }
}
