import Mapping

/// A place in a hub resource that a line could lead to.
struct HubPath {
  let resource: String
  /// Below the resource: `name[first].given[first]`.
  let text: String
  /// The words of its fields and slices, segment by segment.
  let segments: [[String]]
  /// Likewise, quiet words left out unless there are no others.
  let telling: [[String]]
  let type: ScalarType
  /// The words of references on the way: what is said of another resource must be named.
  let references: [[String]]
  /// The slices on the way.
  let slices: [String]
  /// The first field and how it is selected: a repetition is told apart by slices or not at all.
  let head: (field: String, selector: String)
  /// Whether it stands for all values of a repetition, without a selector at its end.
  let isRepetition: Bool

  /// Whether it is about what the format's own system calls the resource.
  var isOwnIdentifier: Bool { head.selector == ResourceChoice.name(resource) }
}

/// The places of resources, found by walking their shapes.
struct HubCatalog {
  let library: ShapeLibrary
  let knowledge: DraftingKnowledge

  private static let deepest = 4
  private static let reference = "Reference"

  /// - Parameter own: a slice for the resource's identifiers in the format's system.
  func paths(of resource: String, own: String) -> [HubPath] {
    guard let shape = library.resource(resource) else { return [] }
    var found: [HubPath] = []
    walk(shape.root, Step(resource: resource, own: own), into: &found)
    return found
  }

  /// Where a walk stands.
  private struct Step {
    let resource: String
    let own: String
    var text = ""
    var segments: [[String]] = []
    var slices: [String] = []
    var references: [[String]] = []
    var head: (field: String, selector: String) = ("", "")
    var types: [String] = []
    var isFirst: Bool { text.isEmpty }

    func going(to field: Field, _ selector: String?) -> Step {
      var next = self
      let written = field.name + (selector.map { "[\($0)]" } ?? "")
      next.text = isFirst ? written : "\(text).\(written)"
      if isFirst { next.head = (field.name, selector ?? "") }
      let slice = selector.flatMap { $0 == "first" ? nil : $0 }
      // A slice says more than the repetition that it is of.
      next.segments.append(
        slice.map { $0 == own ? NameWords.split(field.name) : [$0] + NameWords.split($0) }
          ?? NameWords.split(field.name))
      if let slice { next.slices.append(slice) }
      return next
    }
  }

  private func walk(_ type: TypeID, _ step: Step, into found: inout [HubPath]) {
    let object = library.types[type]
    guard !step.types.contains(object.typeName), !knowledge.skipped.contains(object.typeName) else { return }
    for (index, field) in object.fields.enumerated() where !knowledge.skipped.contains(field.name) {
      var slices = object.slices.filter { $0.field == index }.map(\.name)
      if step.isFirst, takesOwn(field) { slices.append(step.own) }
      for selector in selectors(field, slices) {
        var next = step.going(to: field, selector)
        next.types.append(object.typeName)
        add(field, next, into: &found)
      }
    }
  }

  private func telling(_ segments: [[String]]) -> [[String]] {
    let telling = segments.map { $0.filter { !knowledge.quiet.contains($0) } }.filter { !$0.isEmpty }
    return telling.isEmpty ? segments : telling
  }

  /// Whether a field holds identifiers, each with the system that gave it.
  private func takesOwn(_ field: Field) -> Bool {
    guard case .object(let type) = field.content, field.cardinality.repeats else { return false }
    return library.types[type].typeName == OwnIdentifier.type
  }

  private func selectors(_ field: Field, _ slices: [String]) -> [String?] {
    guard field.cardinality.repeats else { return slices.map(Optional.some) + [nil] }
    if case .value = field.content { return ["first", nil] }
    return slices + (knowledge.sliced.contains(field.name) ? [] : ["first"])
  }

  private func add(_ field: Field, _ step: Step, into found: inout [HubPath]) {
    switch field.content {
    case .value(.fixed), .value(.any): break
    case .value(let type):
      found.append(
        HubPath(
          resource: step.resource, text: step.text, segments: step.segments,
          telling: telling(step.segments), type: type,
          references: step.references,
          slices: step.slices, head: step.head,
          isRepetition: field.cardinality.repeats && !step.text.hasSuffix("[first]")))
    case .object(let type):
      guard step.types.count < Self.deepest else { return }
      var step = step
      if library.types[type].typeName == Self.reference {
        step.references.append(NameWords.split(field.name))
      }
      walk(type, step, into: &found)
    }
  }
}

/// A system's own numbers of things: FHIR's Identifier with a system made for them.
enum OwnIdentifier {
  static let type = "Identifier"

  /// The line under `slices` that declares one.
  static func declaration(_ resource: String, _ slice: String, system: String) -> String {
    "\(resource).identifier[\(slice)]: {system: \"urn:sluss:\(system):\(slice)\"}"
  }
}
