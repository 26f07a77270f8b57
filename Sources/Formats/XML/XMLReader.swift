public import Diagnostics
public import Documents

/// Reads XML 1.0 with namespaces into the neutral tree, through libxml2.
///
/// An element with text alone is a string; one with attributes or children is an object whose attributes are
/// children named
/// `$name` and whose own text stands under `$`. White space between elements, comments and processing
/// instructions are dropped.
/// Documents with a DOCTYPE are refused, so no entities beyond the five of XML exist; nothing is fetched.
public struct XMLReader: Sendable {
  /// Size and depth that are accepted; libxml2 itself stops at 256 levels.
  public var limits: ReadingLimits
  /// Whether namespace declarations are kept as the attributes that they are (Namespaces in XML 1.0,
  /// section 3): `$prefix`, or `$xmlns` for the default one, in the namespace ``declarations``.
  public var keepsDeclarations = false
  /// The namespace of namespace declarations.
  public static let declarations = "http://www.w3.org/2000/xmlns/"

  /// A reader with limits.
  public init(limits: ReadingLimits = ReadingLimits(depth: 128)) {
    self.limits = limits
    _ = LibXML.prepare
  }

  /// Reads one document and returns its root element.
  /// - Parameters:
  ///   - bytes: the whole document in UTF-8, UTF-16 with a byte order mark, US-ASCII or ISO-8859-1.
  ///   - file: the name that diagnostics give to the place.
  ///   - forest: receives the tree; after an error what was added is taken back.
  public func read(_ bytes: [UInt8], named file: String, into forest: inout Forest) throws(Diagnostic)
    -> NodeID
  {
    let root = forest.next
    var decoded = bytes
    do throws(ReadFault) {
      guard bytes.count <= limits.bytes else {
        throw ReadFault(problem: .inputTooLarge(limit: limits.bytes), offset: 0)
      }
      guard !bytes.isEmpty else { throw ReadFault(problem: .inputEmpty, offset: 0) }
      if let transcoded = try XMLEncoding.transcoded(bytes) { decoded = transcoded }
      try XMLTreeBuilder.build(
        decoded, depthLimit: limits.depth, keepsDeclarations: keepsDeclarations, into: &forest)
      return root
    } catch {
      forest.truncate(to: root)
      throw error.diagnostic(in: decoded, named: file)
    }
  }
}
