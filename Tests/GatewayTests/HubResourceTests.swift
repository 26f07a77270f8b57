import Diagnostics
import Foundation
import Gateway
import TestRig
import Testing

@testable import Mapping

/// Resources are taken into the hub and come out unharmed; the shapes name all that stands in them.
struct HubResourceTests {
  private static let fixtures = files(in: RepositoryFolder.path + "/Fixtures/hub")
  private static let suite = files(in: (SharedFolder.path ?? "") + "/suites/fhirpath")

  /// Examples that R4 itself does not allow.
  private static let faulty = ["/explanationofbenefit-example.json", "/parameters-example-types.json"]

  private static func files(in folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
      .filter { $0.hasSuffix(".json") }.sorted().map { folder + "/" + $0 }
  }

  @Test("One of our examples is read, and written as it was", arguments: fixtures)
  func fixture(_ file: String) throws { try check(file) }

  @Test(
    "An example of HL7's, which FHIRPath's suite reads, is read, and written as it was",
    .enabled(if: !suite.isEmpty, "the shared folder with FHIRPath's suite is not there"),
    arguments: suite.filter { file in !faulty.contains { file.hasSuffix($0) } })
  func example(_ file: String) throws { try check(file) }

  @Test(
    "HL7's example of parameters is refused for the object that stands in a value's place",
    .enabled(if: !suite.isEmpty, "the shared folder with FHIRPath's suite is not there"),
    arguments: suite.filter { $0.hasSuffix(faulty[1]) })
  func misshapen(_ file: String) throws {
    let error = #expect(throws: DiagnosticError.self) { try check(file) }
    #expect(error?.diagnostics.map(\.code) == [.wrongKind])
  }

  @Test(
    "HL7's explanation of a benefit is refused only for the required elements that it lacks",
    .enabled(if: !suite.isEmpty, "the shared folder with FHIRPath's suite is not there"),
    arguments: suite.filter { $0.hasSuffix("explanationofbenefit-example.json") })
  func incomplete(_ file: String) throws {
    let error = #expect(throws: DiagnosticError.self) { try check(file) }
    #expect(error?.diagnostics.allSatisfy { $0.code == .missingField } == true)
    #expect(try unnamed(in: try json(file)).isEmpty)
  }

  private func check(_ file: String) throws {
    let translator = Translator(try MappingFolder.load(RepositoryFolder.path + "/Mappings"))
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: file)))
    let receipt = Receipt(received: "2026-11-21T10:15:00Z", id: "1")
    try translator.readHub(bytes, named: file, receipt: receipt)
    let bundle = try JSONSerialization.jsonObject(with: Data(translator.hub())) as? NSDictionary
    let entry = (bundle?["entry"] as? [NSDictionary])?.first
    #expect(entry?["resource"] as? NSDictionary == (try json(file)))
    #expect(try unnamed(in: try json(file)).isEmpty)
  }

  private func json(_ file: String) throws -> NSDictionary {
    let data = try Data(contentsOf: URL(fileURLWithPath: file))
    return try #require(try JSONSerialization.jsonObject(with: data) as? NSDictionary)
  }

  /// The members that the shape doesn't name; `_birthDate` goes with `birthDate`.
  private func unnamed(in resource: NSDictionary) throws -> [String] {
    let library = try RepositoryShapes.load()
    let shape = try #require((resource["resourceType"] as? String).flatMap(library.resource))
    return unnamed(in: resource, of: library.types[shape.root], library)
  }

  private func unnamed(in object: NSDictionary, of type: ObjectType, _ library: ShapeLibrary) -> [String] {
    object.flatMap { key, value -> [String] in
      let name = String("\(key)".trimmingPrefix("_"))
      guard let index = type.index(of: name) else { return ["\(type.name).\(name)"] }
      guard case .object(let next) = type.fields[index].content else { return [] }
      let objects = value as? [NSDictionary] ?? [value as? NSDictionary].compactMap(\.self)
      return objects.flatMap { unnamed(in: $0, of: library.types[next], library) }
    }
  }
}
