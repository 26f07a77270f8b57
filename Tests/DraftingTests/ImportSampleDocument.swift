/// Makes documents that a schema allows, as far as a small generator can; a validator has the last word.
struct SampleDocument {
  /// How much is written of what the schema leaves open.
  enum Fullness: CaseIterable {
    case least, some, everything
  }

  private let schema: SampleSchema
  private let fullness: Fullness
  private var values: SampleValue
  private var size = 0

  static func make(_ schema: SampleSchema, root: String, _ fullness: Fullness, seed: UInt64) -> String {
    var document = SampleDocument(schema: schema, fullness: fullness, values: SampleValue(schema, seed: seed))
    guard let element = schema.find("element", "{\(schema.target)}\(root)") else { return "" }
    return document.element(element, depth: 0)
  }

  private func name(_ key: String) -> (namespace: String, local: String) {
    let parts = key.dropFirst().split(separator: "}", omittingEmptySubsequences: false)
    return (String(parts[0]), String(parts[1]))
  }

  private mutating func element(_ use: SampleSchema.Element, depth: Int) -> String {
    size += 1
    let reference = use.name("ref")
    let declaration = reference.flatMap { schema.find("element", $0) } ?? use
    let isGlobal = reference != nil || depth == 0
    let isQualified = isGlobal || (use["form"].map { $0 == "qualified" } ?? use.isQualified)
    let local = declaration["name"] ?? ""
    let start = "<\(local) xmlns=\"\(isQualified ? declaration.target : "")\""
    if let fixed = declaration["fixed"] ?? use["fixed"] { return "\(start)>\(fixed)</\(local)>" }
    var type = declaration.child("complexType", "simpleType")
    if type == nil, let name = declaration.name("type") {
      type = schema.find("type", name)
      guard let found = type else { return "\(start)>\(values.builtIn(self.name(name).local))</\(local)>" }
      if found["abstract"] == "true",
        let other = schema.derived[name]?.first(where: { $0["abstract"] != "true" })
      {
        let said = " xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:y=\"\(other.target)\""
        let (attributes, body) = content(other, depth)
        return "\(start)\(said) i:type=\"y:\(other["name"] ?? "")\"\(attributes)>\(body)</\(local)>"
      }
    }
    guard let type else { return "\(start)/>" }
    if type.kind == "simpleType" { return "\(start)>\(values.value(type))</\(local)>" }
    let (attributes, body) = content(type, depth)
    return "\(start)\(attributes)>\(body)</\(local)>"
  }

  /// The attributes and the content of a complex type.
  private mutating func content(_ type: SampleSchema.Element, _ depth: Int) -> (String, String) {
    let (attributes, body) = parts(type, depth)
    let isMixed = type["mixed"] == "true" || type.child("complexContent")?["mixed"] == "true"
    let all = attributes.sorted { $0.key < $1.key }.map { " \($0.key)=\"\($0.value)\"" }.joined()
    return (all, isMixed ? "ord & mer ".replacing("&", with: "&amp;") + body : body)
  }

  private mutating func parts(_ type: SampleSchema.Element, _ depth: Int) -> ([String: String], String) {
    if let simple = type.child("simpleContent"), let step = simple.child("extension", "restriction") {
      let base = step.name("base").flatMap { schema.find("type", $0) }
      let inherited = base.map { $0.kind == "complexType" ? parts($0, depth).0 : [:] } ?? [:]
      return (merged(inherited, step), values.value(type))
    }
    if let complex = type.child("complexContent"), let step = complex.child("extension", "restriction") {
      let base = step.name("base").flatMap { schema.find("type", $0) }.map { parts($0, depth) } ?? ([:], "")
      return (merged(base.0, step), (step.kind == "extension" ? base.1 : "") + particles(step, depth))
    }
    return (merged([:], type), particles(type, depth))
  }

  private mutating func merged(_ inherited: [String: String], _ node: SampleSchema.Element) -> [String:
    String]
  {
    var all = inherited
    for child in node.children {
      if child.kind == "attributeGroup",
        let group = child.name("ref").flatMap({ schema.find("attributeGroup", $0) })
      {
        all = merged(all, group)
      }
      guard child.kind == "attribute", let name = child["name"] else { continue }
      all[name] = nil
      guard child["use"] != "prohibited", child["use"] == "required" || isWanted(0) else { continue }
      all[name] = child["fixed"] ?? values.attribute(child)
    }
    return all
  }

  /// Types that hold each other would fill the world with documents: enough is enough.
  private mutating func isWanted(_ depth: Int) -> Bool {
    guard size < 1000 else { return false }
    return switch fullness {
    case .least: false
    case .some: depth < 6 && values.below(2) == 0
    case .everything: depth < 7
    }
  }

  private mutating func particles(_ node: SampleSchema.Element, _ depth: Int) -> String {
    node.children.map { particle($0, depth) }.joined()
  }

  private mutating func particle(_ node: SampleSchema.Element, _ depth: Int) -> String {
    let least = Int(node["minOccurs"] ?? "1") ?? 1
    let most = node["maxOccurs"] == "unbounded" ? 3 : Int(node["maxOccurs"] ?? "1") ?? 1
    guard ["element", "sequence", "all", "choice", "group", "any"].contains(node.kind), most > 0 else {
      return ""
    }
    let wanted = isWanted(depth) ? max(least, min(most, 1 + values.below(2))) : least
    return (0..<wanted).map { _ in once(node, depth) }.joined()
  }

  private mutating func once(_ node: SampleSchema.Element, _ depth: Int) -> String {
    switch node.kind {
    case "element": return element(node, depth: depth + 1)
    case "choice":
      let alternatives = node.children.filter { $0.kind != "annotation" }
      return alternatives.isEmpty ? "" : particle(alternatives[values.below(alternatives.count)], depth)
    case "group":
      return node.name("ref").flatMap { schema.find("group", $0) }.map { particles($0, depth) } ?? ""
    case "any":
      let isLax = node["processContents"] == "lax" || node["processContents"] == "skip"
      return isLax && node["namespace"] == "##other" ? "<okänt xmlns=\"urn:x\"><a>1</a></okänt>" : ""
    default: return particles(node, depth)
    }
  }
}
