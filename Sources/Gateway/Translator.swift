public import Diagnostics
import Documents
public import Formats
public import Mapping

/// Translates messages, one at a time: bytes, tree, hub, tree, bytes. Each thread has its own.
public final class Translator {
  private let library: MappingLibrary
  private let codecs: Codecs
  private var workspace: Workspace
  /// Made when FHIR's XML is first met.
  private lazy var fhir = FHIRModel(library.shapes)
  private let limits: ReadingLimits
  private var out = Arena<UInt8>(capacity: 16_384)

  /// A translator for the mappings of a library.
  public init(_ library: MappingLibrary, limits: ReadingLimits = ReadingLimits()) {
    self.library = library
    self.limits = limits
    codecs = Codecs(names: library.names, limits: limits)
    workspace = Workspace(names: library.names)
  }

  /// Reads and checks a message and translates it into the hub.
  /// - Parameters:
  ///   - file: the name that diagnostics give to the message.
  /// - Returns: the sender's message id, when the mapping names the field.
  /// - Throws: all that is wrong with the message.
  @discardableResult
  public func read(
    _ bytes: [UInt8], as mapping: Mapping, named file: String, receipt: Receipt
  ) throws(DiagnosticError) -> String? {
    let identity = try check(bytes, as: mapping, named: file, receipt: receipt)
    try mapping.writeHub(in: &workspace)
    return identity
  }

  /// Reads a message and checks it against its shape, no more.
  @discardableResult
  public func check(
    _ bytes: [UInt8], as mapping: Mapping, named file: String, receipt: Receipt
  ) throws(DiagnosticError) -> String? {
    mapping.begin(named: file, receipt: receipt, in: &workspace)
    let root: NodeID
    do throws(Diagnostic) {
      root = try codecs.read(
        bytes, as: mapping.format, mapping.table, named: file, into: &workspace.forest)
    } catch {
      throw DiagnosticError([error])
    }
    let identity = try mapping.check(root, bytes, in: &workspace)
    return identity.map { workspace.forest.string($0) }
  }

  /// Reads a FHIR R4 Bundle or resource, JSON or XML, into the hub.
  /// - Throws: all that is wrong with it.
  public func readHub(_ bytes: [UInt8], named file: String, receipt: Receipt) throws(DiagnosticError) {
    library.hub.begin(named: file, receipt: receipt, in: &workspace)
    let (root, text): (NodeID, [UInt8])
    do throws(Diagnostic) {
      (root, text) = try readFHIR(bytes, named: file)
    } catch {
      throw DiagnosticError([error])
    }
    try library.hub.take(root, text, in: &workspace)
  }

  /// Likewise, a Bundle of another forest of the same library.
  /// - Throws: all that is wrong with it, without its places.
  func readHub(
    _ bundle: NodeID, of other: borrowing Forest, named file: String, receipt: Receipt
  ) throws(DiagnosticError) {
    library.hub.begin(named: file, receipt: receipt, in: &workspace)
    try library.hub.take(workspace.forest.graft(bundle, of: other), [], in: &workspace)
  }

  private func readFHIR(
    _ bytes: [UInt8], named file: String
  ) throws(Diagnostic) -> (root: NodeID, text: [UInt8]) {
    switch HubFormat(of: bytes) {
    case .json: (try codecs.read(bytes, as: .json, named: file, into: &workspace.forest), bytes)
    case .xml: try FHIRXMLReader(fhir, limits: limits).read(bytes, named: file, into: &workspace.forest)
    }
  }

  /// The routes that the message takes which was read as that mapping's.
  /// - Throws: what went wrong in their conditions.
  public func route(_ mapping: Mapping) throws(DiagnosticError) -> [RoutedMessage] {
    try mapping.route(in: &workspace)
  }

  /// Writes what the last ``read(_:as:named:receipt:)`` put into the hub as a document of a format.
  public func write(as mapping: Mapping) throws(DiagnosticError) -> [UInt8] {
    try write(as: mapping) { Array($0) }
  }

  /// Shows the tree of that document, which is not written.
  func show<Shown>(
    as mapping: Mapping, _ look: (NodeID, borrowing Forest) -> Shown
  ) throws(DiagnosticError) -> Shown {
    let root = try mapping.write(in: &workspace)
    return look(root, workspace.forest)
  }

  /// Likewise, with the document's tree changed before it is written.
  func write(
    as mapping: Mapping, changing change: (NodeID, inout Forest) -> NodeID
  ) throws(DiagnosticError) -> [UInt8] {
    let root = change(try mapping.write(in: &workspace), &workspace.forest)
    out.truncate(to: 0)
    do throws(WritingFault) {
      try codecs.write(root, as: mapping, of: workspace.forest, to: &out)
    } catch {
      throw DiagnosticError([workspace.diagnostic(error.problem, at: error.offset, path: error.path)])
    }
    return out.withElements { Array($0) }
  }

  /// Likewise, and lends the document instead of copying it.
  public func write<Result>(
    as mapping: Mapping, to take: (UnsafeBufferPointer<UInt8>) -> Result
  ) throws(DiagnosticError) -> Result {
    let root = try mapping.write(in: &workspace)
    out.truncate(to: 0)
    do throws(WritingFault) {
      try codecs.write(root, as: mapping, of: workspace.forest, to: &out)
    } catch {
      throw DiagnosticError([workspace.diagnostic(error.problem, at: error.offset, path: error.path)])
    }
    return out.withElements { take($0) }
  }

  /// Translates a message and tells where everything came from.
  /// - Parameters:
  ///   - source: from ``MappingStudy/noting(_:)``; `nil` for the hub.
  ///   - target: likewise.
  public func explanation(
    of bytes: [UInt8], from source: Mapping?, to target: Mapping?, named file: String, receipt: Receipt
  ) throws(DiagnosticError) -> Explanation {
    if let source {
      try read(bytes, as: source, named: file, receipt: receipt)
    } else {
      try readHub(bytes, named: file, receipt: receipt)
    }
    var root: NodeID?
    if let target { root = try target.write(in: &workspace) }
    return workspace.explanation(of: root, from: source, to: target)
  }

  /// Writes the hub's resources of the last message as a FHIR Bundle of type collection.
  public func hub(isPretty: Bool = false) -> [UInt8] {
    let root = HubBundle.add(workspace.hubResources, to: &workspace.forest)
    out.truncate(to: 0)
    (isPretty ? codecs.prettyJSON : codecs.json).write(root, of: workspace.forest, to: &out)
    workspace.forest.truncate(to: root)
    return out.withElements { Array($0) }
  }

  /// Lends the hub's resources of the last message as a tree, a Bundle, instead of writing it.
  func withHub<Result>(_ take: (NodeID, borrowing Forest) -> Result) -> Result {
    let root = HubBundle.add(workspace.hubResources, to: &workspace.forest)
    let result = take(root, workspace.forest)
    workspace.forest.truncate(to: root)
    return result
  }

  /// Likewise, in a format of FHIR's.
  /// - Throws: what XML can't hold, such as a narrative that is not well-formed.
  public func hub(as format: HubFormat, isPretty: Bool = false) throws(DiagnosticError) -> [UInt8] {
    guard format == .xml else { return hub(isPretty: isPretty) }
    let root = HubBundle.add(workspace.hubResources, to: &workspace.forest)
    defer { workspace.forest.truncate(to: root) }
    do throws(WritingFault) {
      return try FHIRXMLWriter(fhir, pretty: isPretty).bytes(root, of: workspace.forest)
    } catch {
      throw DiagnosticError([workspace.diagnostic(error.problem, at: error.offset, path: error.path)])
    }
  }
}
