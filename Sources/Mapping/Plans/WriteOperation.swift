import Documents

/// One step of writing a document; in preorder, each knows where its subtree ends.
///
/// 32 bytes, so that it travels in registers.
struct WriteOperation: BitwiseCopyable, Sendable {
  enum Kind: UInt8, BitwiseCopyable {
    /// An object around the following operations.
    case object
    /// A JSON array around them.
    case array
    /// A JSON array of one object, around the object's children: both at once, since FHIR has them everywhere.
    case arrayOfObject
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
    /// The following operation, whose writing is noted; only in plans that explain.
    case noted
  }

  /// What distinguishes an operation among those of its kind.
  struct Traits: OptionSet, BitwiseCopyable {
    let rawValue: UInt8

    /// A document without it is not valid.
    static let required = Traits(rawValue: 1)
    /// A document's or resource's own object.
    static let root = Traits(rawValue: 2)
    /// Belongs to a slice's fixed values and stays when it holds nothing else.
    static let fixed = Traits(rawValue: 4)
  }

  var kind: Kind
  /// What kind of node comes out.
  var nodeKind = NodeKind.string
  var traits: Traits = []
  /// Which frame, outermost 0; files nest no deeper than 64.
  var depth: UInt8 = 0
  var name: NameID
  /// The first operation behind this one's subtree.
  var end: Int32 = 0
  /// Which cell of the frame; for a formula its number.
  var cell: Int32 = -1
  /// Conversions, a constant, the cells that an object depends on (none: always look), or the number of a resource,
  /// scope or condition (none: all elements) in `start`.
  var argument = TableRange.none
  /// The constant that is written when the cell is empty, or -1.
  var whenAbsent: Int32 = -1
  /// The number of the rule, or -1.
  var rule: Int32 = -1

  /// Whether it is an object or array.
  var isAround: Bool { kind == .object || kind == .array || kind == .arrayOfObject }
}

/// An operation where it lies in its plan.
typealias WriteEntry = TableEntry<WriteOperation>

/// A ``Conversion`` as a plain value.
struct ConversionStep: BitwiseCopyable, Sendable {
  enum Kind: UInt8, BitwiseCopyable {
    case check, localToInstant, compactLocalToInstant, instantToLocal, instantToCompactLocal, expandDate
    case timestampToInstant, instantToTimestamp, timestampToDate
    case compactDate, table, addPrefix, removePrefix, encodeBase64, decodeBase64, negate
    case decimalPoint, decimalComma
  }

  var kind: Kind
  /// The zone's or table's number.
  var number: Int32 = 0
  /// A prefix.
  var constant = TableRange.none
  /// For `check`.
  var rule = ValueRule(kind: .any, codes: .none)
}
