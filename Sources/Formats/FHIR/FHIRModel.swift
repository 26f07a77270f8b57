public import Documents

/// What FHIR's XML does not say of itself: which elements repeat, which values are numbers, in which order
/// elements stand. Shapes know.
public struct FHIRModel: Sendable {
  /// What an element holds.
  public enum Content: Sendable, Equatable {
    /// A value, and what it is in JSON.
    case value(NodeKind)
    /// An object of a type.
    case object(Int)
    /// Any resource, in an element of its own.
    case resource
    /// XHTML, which JSON holds as a text.
    case markup
  }

  /// One element of a type.
  public struct Field: Sendable {
    let name: String
    let content: Content
    let repeats: Bool

    /// An element.
    public init(name: String, content: Content, repeats: Bool) {
      self.name = name
      self.content = content
      self.repeats = repeats
    }
  }

  /// The elements of a type in their order.
  struct TypeRecord: Sendable {
    let fields: [Field]
    let places: [String: Int]
  }

  private let types: [TypeRecord]
  private let resources: [String: Int]
  /// The type of extensions, which stand everywhere.
  let extensionType: Int?

  /// A model of types that are known by number.
  /// - Parameters:
  ///   - types: each type's elements in the order of FHIR's XML.
  ///   - resources: the numbers of the resources' types.
  ///   - extensionType: the number of `Extension`.
  public init(types: [[Field]], resources: [String: Int], extensionType: Int?) {
    self.types = types.map { fields in
      TypeRecord(
        fields: fields,
        places: Dictionary(fields.enumerated().map { ($0.element.name, $0.offset) }) { first, _ in first })
    }
    self.resources = resources
    self.extensionType = extensionType
  }

  /// A model that knows nothing.
  init() { self.init(types: [], resources: [:], extensionType: nil) }

  func resource(_ name: String) -> Int? { resources[name] }

  /// Where an element stands in its type.
  func place(of name: String, in type: Int?) -> Int? { type.flatMap { types[$0].places[name] } }

  /// An element of a type. Extensions may stand in what no shape names too.
  func field(_ name: String, of type: Int?) -> Field? {
    if let type, let place = types[type].places[name] { return types[type].fields[place] }
    guard name == "extension" || name == "modifierExtension", let extensionType else { return nil }
    return Field(name: name, content: .object(extensionType), repeats: true)
  }
}
