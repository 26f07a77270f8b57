public import Diagnostics
public import Mapping

/// The first files of a new system: a shape inferred from examples, a mapping to go on from, code tables, and
/// a case.
public struct NewFormat: Sendable {
  /// One file to be written.
  public struct File: Sendable {
    /// Its path in the folder of mappings.
    public let path: String
    /// Its content.
    public let bytes: [UInt8]
  }

  /// All files.
  public let files: [File]
  /// How many lines of the mapping stand, and how many wait as comments.
  public let lines: (active: Int, open: Int)
  /// Code tables that somebody must fill in.
  public let openTables: [String]

  /// Drafts the files.
  /// - Parameters:
  ///   - name: the mapping's name, `system/name`.
  ///   - resource: the hub resource that a document is about; by its words if not given.
  ///   - folder: the files of the folder of mappings; only the hub's shapes are looked at.
  /// - Throws: what is wrong with the examples, the hub's shapes or the resource's name.
  public init(
    _ examples: [Example], name: String, resource: String?, folder: [ConfigurationFile],
    knowledge: DraftingKnowledge
  ) throws(DiagnosticError) {
    let hub = folder.filter { $0.name.hasPrefix("hub/") && $0.path.hasSuffix(".shape.yaml") }
    let library = try MappingLibrary(hub).shapes
    if let resource, library.resource(resource) == nil {
      let near = NearNames.of(resource, among: library.resourceTypes)
      let place = Place(file: name, line: 1, column: 1)
      throw DiagnosticError([Diagnostic(.unknownResource(type: resource, near: near), at: place)])
    }
    let inference = try Self.infer(examples, name)
    let shape = inference.draft
    let drafter = MapDrafter(
      name: name, fields: FormatField.tree(shape, inference.evidence), root: shape.root, main: resource,
      library: library, knowledge: knowledge)
    var settling = MapSettling(
      drafter, shape: shape.text, trial: Trial(files: hub, name: name, examples: examples), library: library,
      knowledge: knowledge)
    try settling.settle()
    var map = settling.draft
    map.comments = Self.comments(examples.count)
    let text = map.rendered().text
    lines = (map.root.count(active: true), map.root.count(active: false))
    openTables = settling.tableFiles.filter { !$0.isComplete }.map(\.name)
    files = Self.files(
      name, shape.text, text, settling.tableFiles, examples[0], case: Self.caseName(name, beside: folder))
  }

  private static func infer(_ examples: [Example], _ name: String) throws(DiagnosticError) -> ShapeInference {
    do throws(Diagnostic) {
      return try ShapeInference(examples, name: name)
    } catch {
      throw DiagnosticError([error])
    }
  }

  private static func comments(_ count: Int) -> [String] {
    [
      "Drafted from \(count) \(count == 1 ? "example" : "examples") by names that are near: read every line.",
      "What begins with `#` waits for you: `?` is a field that nothing in the hub is near to.",
    ]
  }

  /// `first`; a system's later formats have a case with their name in it, for cases lie in one folder.
  private static func caseName(_ name: String, beside folder: [ConfigurationFile]) -> String {
    let parts = name.split(separator: "/")
    let isLater = folder.contains { $0.name != name && $0.name.hasPrefix("\(parts[0])/") }
    return isLater ? "first-\(parts.last ?? "")" : "first"
  }

  private static func files(
    _ name: String, _ shape: String, _ map: String, _ tables: [CodeTableDraft], _ example: Example,
    case caseName: String
  ) -> [File] {
    let folder = name.split(separator: "/").dropLast().joined(separator: "/")
    let input = "input." + example.format.rawValue
    let first = """
      case: The first example
      from: \(name)
      input: \(input)
      to:
        hub: hub.json

      """
    return [
      File(path: "\(name).shape.yaml", bytes: Array(shape.utf8)),
      File(path: "\(name).map.yaml", bytes: Array(map.utf8)),
    ] + tables.map { File(path: "\(folder)/codes/\($0.name).csv", bytes: Array($0.text.utf8)) } + [
      File(path: "\(folder)/cases/\(caseName)/case.yaml", bytes: Array(first.utf8)),
      File(path: "\(folder)/cases/\(caseName)/\(input)", bytes: example.bytes),
    ]
  }
}

extension MapDraft.Block {
  /// How many lines of it and below stand, or wait as comments.
  func count(active isCounted: Bool, inside isOpen: Bool = true) -> Int {
    both.reduce(0) { sum, item in
      switch item {
      case .line(let line): sum + ((line.isActive && isActive && isOpen) == isCounted ? 1 : 0)
      case .block(let block): sum + block.count(active: isCounted, inside: isActive && isOpen)
      }
    }
  }
}
