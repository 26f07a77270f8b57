public import Documents

/// FHIR's XML as the tree that FHIR's JSON of the same resource has (FHIR R4, 2.6.1 and 2.6.2), so that everything
/// behind the readers knows one form.
///
/// XML does not say what is a number and what repeats: where the model doesn't either, values stay texts, and
/// elements that stand alone stay alone where JSON would have an array of one.
public enum FHIRXML {
  /// The namespace of FHIR's elements.
  public static let namespace = "http://hl7.org/fhir"
  /// The namespace of narratives.
  static let xhtml = "http://www.w3.org/1999/xhtml"

  /// Whether a root element is a FHIR resource.
  public static func isResource(_ root: NodeID, in forest: borrowing Forest) -> Bool {
    forest.namespaceURI(forest[root].name) == namespace
  }

  /// Adds the tree in JSON's form.
  /// - Parameters:
  ///   - root: a resource's element as ``XMLReader`` read it.
  ///   - bytes: the message in UTF-8, for the markup of narratives.
  ///   - model: what is known of its types.
  /// - Returns: the new tree's root.
  public static func resource(
    _ root: NodeID, of bytes: [UInt8], _ model: FHIRModel? = nil, in forest: inout Forest
  ) -> NodeID {
    var conversion = FHIRXMLConversion(bytes, model ?? FHIRModel(), &forest)
    let start = forest.next
    conversion.add(resource: root, as: NameTable.unnamed, &forest)
    return start
  }
}
