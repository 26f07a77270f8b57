public import Diagnostics
public import Documents

/// Reads JSON (RFC 8259) into the neutral tree.
///
/// Member order and the written form of numbers are kept, duplicate members and lone surrogates are refused.
/// Foundation's
/// reader is not used: it accepts trailing commas and gives neither decimals nor positions.
public struct JSONReader: Sendable {
  /// Size and depth that are accepted.
  public var limits: ReadingLimits

  /// A reader with limits.
  public init(limits: ReadingLimits = ReadingLimits()) {
    self.limits = limits
  }

  /// Reads one document and returns its root.
  /// - Parameters:
  ///   - bytes: the whole document in UTF-8, a byte order mark is skipped.
  ///   - file: the name that diagnostics give to the place.
  ///   - forest: receives the tree; after an error what was added is taken back.
  public func read(_ bytes: [UInt8], named file: String, into forest: inout Forest) throws(Diagnostic)
    -> NodeID
  {
    try limits.read(bytes, named: file, into: &forest) { input, forest throws(ReadFault) in
      let base = forest.text.count
      forest.text.append(input)
      var parser = JSONParser(input: input, textBase: base, depthLimit: limits.depth)
      try parser.document(into: &forest)
    }
  }
}
