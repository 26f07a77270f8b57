public import Diagnostics
public import Documents

/// Reads FHIR's XML into the tree that FHIR's JSON of the same resource has.
public struct FHIRXMLReader: Sendable {
  /// Size and depth that are accepted.
  public var limits: ReadingLimits
  private let model: FHIRModel

  /// A reader with limits.
  /// - Parameter model: what is known of the resources' types.
  public init(_ model: FHIRModel, limits: ReadingLimits = ReadingLimits(depth: 128)) {
    self.model = model
    self.limits = limits
  }

  /// Reads one resource and returns its root, and the document in UTF-8, which the nodes' offsets count in.
  /// - Parameters:
  ///   - bytes: the whole document as ``XMLReader`` takes it.
  ///   - file: the name that diagnostics give to the place.
  ///   - forest: receives the tree; after an error what was added is taken back.
  public func read(
    _ bytes: [UInt8], named file: String, into forest: inout Forest
  ) throws(Diagnostic) -> (root: NodeID, text: [UInt8]) {
    let element = try XMLReader(limits: limits).read(bytes, named: file, into: &forest)
    let text = (try? XMLEncoding.transcoded(bytes)) ?? bytes
    guard FHIRXML.isResource(element, in: forest) else {
      let problem = Problem.wrongRoot(expected: "a resource in \(FHIRXML.namespace)", shape: "the hub")
      let offset = Int(forest[element].offset)
      forest.truncate(to: element)
      throw Diagnostic(problem, at: Place(message: text, named: file, offset: offset))
    }
    return (FHIRXML.resource(element, of: text, model, in: &forest), text)
  }
}
