public import Diagnostics
public import Documents

/// Reads HL7 v2 messages in ER7, versions 2.3 to 2.5.1, into the neutral tree.
///
/// The root holds the segments in order, a segment its fields, called `1`, `2` …, a field its components, a
/// component its sub-components. A repeated field stands several times. What is not divided is a text:
/// `PID.8` is `F`, not `{1: F}`. What is empty is absent, but for the last of its row and for one among
/// repetitions, so that writing gives the same bytes. HL7's null, `""`, is a null.
public struct HL7v2Reader: Sendable {
  /// The size that is accepted, and how many segments, positions and repetitions.
  public var limits: ReadingLimits
  private let positions: PositionNames

  /// A reader for forests with these names, with limits.
  public init(names: NameTable, limits: ReadingLimits = ReadingLimits()) {
    self.limits = limits
    positions = PositionNames(names)
  }

  /// Reads one message and returns its root.
  /// - Parameters:
  ///   - bytes: the whole message in the character set that its MSH-18 names; segments end with a carriage
  ///     return, a line feed or both.
  ///   - file: the name that diagnostics give to the place.
  ///   - forest: receives the tree; after an error what was added is taken back.
  public func read(_ bytes: [UInt8], named file: String, into forest: inout Forest) throws(Diagnostic)
    -> NodeID
  {
    try limits.read(bytes, named: file, into: &forest) { input, forest throws(ReadFault) in
      let base = forest.text.count
      forest.text.append(input)
      var parser = try HL7v2Parser(input: input, textBase: base, positions: positions, limits: limits)
      try parser.message(into: &forest)
    }
  }

  /// Whether a document begins as a message does.
  public static func begins(_ bytes: [UInt8]) -> Bool {
    bytes.drop { $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\n") }.starts(with: "MSH".utf8)
  }
}
