import Documents

/// One step of writing a document; in preorder, each knows where its subtree ends.
struct WriteOperation: BitwiseCopyable, Sendable {
  enum Kind: UInt8, BitwiseCopyable {
    /// An object around the following operations.
    case object
    /// A JSON array around them.
    case array
    /// A value from a cell.
    case value
    /// A subtree from a cell, as it is.
    case copy
    /// A constant that never brings anything into being.
    case fixed
    /// What a formula gives.
    case formula
    /// A constant that a formula gives: brings the elements around it into being, but no resource.
    case literal
    /// A reference to a resource, if it was written.
    case reference
    /// Likewise, but it makes nothing exist.
    case link
    /// The id of the resource being written.
    case resourceID
    /// The following operation once for each frame of a list.
    case eachFrame
    /// The following operation once for each resource.
    case eachResource
  }

  var kind: Kind
  /// What kind of node comes out.
  var nodeKind = NodeKind.string
  var isRequired = false
  /// Whether it is a document's or resource's own object.
  var isRoot = false
  /// Whether it belongs to a slice's fixed values and stays when it holds nothing else.
  var isFixed = false
  var name: NameID
  /// The first operation behind this one's subtree.
  var end: Int32 = 0
  /// Which frame, outermost 0, and which cell of it.
  var depth: Int32 = 0
  var cell: Int32 = -1
  /// Conversions, a constant, the cells that an object depends on (none: always look), or the number of a formula,
  /// resource or scope in `start`.
  var argument = TableRange.none
  /// What is written when the cell is empty: a constant; count -1 for nothing.
  var whenAbsent = TableRange(start: 0, count: -1)
  /// The number of the rule, or -1.
  var rule: Int32 = -1
  /// The number of the path in the plan's paths.
  var path: Int32 = -1
}

/// A ``Conversion`` as a plain value.
struct ConversionStep: BitwiseCopyable, Sendable {
  enum Kind: UInt8, BitwiseCopyable {
    case check, localToInstant, compactLocalToInstant, instantToLocal, instantToCompactLocal, expandDate
    case compactDate, table, addPrefix, removePrefix, encodeBase64, decodeBase64, negate
  }

  var kind: Kind
  /// The zone's or table's number.
  var number: Int32 = 0
  /// A prefix.
  var constant = TableRange.none
  /// For `check`.
  var rule = ValueRule(kind: .any, codes: .none)
}
