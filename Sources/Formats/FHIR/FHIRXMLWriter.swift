public import Documents

/// Writes a tree in the form of FHIR's JSON as FHIR's XML (FHIR R4, 2.6.1): what ``FHIRXMLReader`` reads back
/// is the same tree.
///
/// Elements stand in the order of their types; what no type names follows, in its own order.
public struct FHIRXMLWriter: Sendable {
  let model: FHIRModel
  private let isPretty: Bool

  /// A writer.
  /// - Parameters:
  ///   - model: what is known of the resources' types.
  ///   - pretty: two spaces a level and line feeds, for people; else no white space.
  public init(_ model: FHIRModel, pretty: Bool = false) {
    self.model = model
    isPretty = pretty
  }

  /// Appends one resource with an XML declaration.
  /// - Throws: what XML can't hold.
  public func write(
    _ root: NodeID, of forest: borrowing Forest, to out: inout Arena<UInt8>
  ) throws(WritingFault) {
    var output = FHIRXMLOutput(isPretty: isPretty)
    output.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>")
    try write(resource: root, isRoot: true, forest, &output)
    output.append("\n")
    output.bytes.withUnsafeBufferPointer { out.append($0) }
  }

  /// One resource as bytes.
  public func bytes(_ root: NodeID, of forest: borrowing Forest) throws(WritingFault) -> [UInt8] {
    var out = Arena<UInt8>(capacity: 4096)
    try write(root, of: forest, to: &out)
    return out.withElements { Array($0) }
  }
}

// MARK: Elements

extension FHIRXMLWriter {
  private func write(
    resource node: NodeID, isRoot: Bool, _ forest: borrowing Forest, _ out: inout FHIRXMLOutput
  ) throws(WritingFault) {
    let members = FHIRMembers(of: node, forest)
    guard let type = members.resourceType else {
      throw FHIRXMLOutput.fault("resourceType", at: forest[node].offset)
    }
    try out.open(type, at: forest[node].offset)
    if isRoot { out.append(" xmlns=\"\(FHIRXML.namespace)\"") }
    try write(members, model.resource(type), forest, &out)
    out.close(type)
  }

  /// The members that are elements.
  private func write(
    _ members: FHIRMembers, _ type: Int?, _ forest: borrowing Forest, _ out: inout FHIRXMLOutput
  ) throws(WritingFault) {
    for member in members.ordered(by: { model.place(of: $0, in: type) }) {
      let field = model.field(member.name, of: type)
      let values = elements(member.value, forest)
      let companions = elements(member.companion, forest)
      for index in 0..<max(values.count, companions.count) {
        let value = index < values.count ? values[index] : -1
        let companion = index < companions.count ? companions[index] : -1
        try write(value, companion, member.name, field, forest, &out)
      }
    }
  }

  /// An array's elements, or the one that stands alone.
  private func elements(_ node: NodeID, _ forest: borrowing Forest) -> [NodeID] {
    guard node >= 0 else { return [] }
    return forest[node].kind == .array ? forest.children(node) : [node]
  }

  private func write(
    _ value: NodeID, _ companion: NodeID, _ name: String, _ field: FHIRModel.Field?,
    _ forest: borrowing Forest, _ out: inout FHIRXMLOutput
  ) throws(WritingFault) {
    do throws(WritingFault) {
      switch value < 0 ? .null : forest[value].kind {
      case .object: try write(object: value, name, field, forest, &out)
      case .array: throw FHIRXMLOutput.fault(name, at: forest[value].offset)
      case .string where field?.content == .markup:
        try out.markup(forest.string(value), name, at: forest[value].offset)
      case .string, .number, .boolean, .null:
        try write(primitive: value, companion, name, forest, &out)
      }
    } catch {
      // A name that no shape knows could be anybody's data.
      throw field == nil ? FHIRXMLOutput.fault("…", at: error.offset) : error
    }
  }

  private func write(
    object node: NodeID, _ name: String, _ field: FHIRModel.Field?, _ forest: borrowing Forest,
    _ out: inout FHIRXMLOutput
  ) throws(WritingFault) {
    var members = FHIRMembers(of: node, forest)
    if members.resourceType != nil {
      try out.open(name, at: forest[node].offset)
      try write(resource: node, isRoot: false, forest, &out)
      return out.close(name)
    }
    try out.open(name, at: forest[node].offset)
    var type: Int?
    if case .object(let known)? = field?.content { type = known }
    let isExtension = field?.content == model.extensionType.map { .object($0) }
    for attribute in isExtension ? ["id", "url"] : ["id"] {
      guard let value = members.takeText(attribute, forest) else { continue }
      try out.attribute(attribute, forest.string(value), name, at: forest[value].offset)
    }
    try write(members, type, forest, &out)
    out.close(name)
  }

  /// A value with its id and extensions, which JSON keeps in a member of their own.
  private func write(
    primitive value: NodeID, _ companion: NodeID, _ name: String, _ forest: borrowing Forest,
    _ out: inout FHIRXMLOutput
  ) throws(WritingFault) {
    let hasValue = value >= 0 && forest[value].kind != .null && forest[value].text.length > 0
    let hasElements = companion >= 0 && forest[companion].kind == .object
    guard hasValue || hasElements else { return }
    let offset = forest[value >= 0 ? value : companion].offset
    var members = FHIRMembers(of: hasElements ? companion : -1, forest)
    try out.open(name, at: offset)
    if let id = members.takeText("id", forest) {
      try out.attribute("id", forest.string(id), name, at: offset)
    }
    if hasValue { try out.attribute("value", forest.string(value), name, at: offset) }
    try write(members, nil, forest, &out)
    out.close(name)
  }
}
