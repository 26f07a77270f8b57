/// An attribute, an element or an own text, as far as a shape can say something of it.
struct SchemaField {
  enum Kind {
    case attribute, text, element
  }

  enum Content {
    case value(SchemaValue)
    case object(SchemaTypeID)
    /// Whatever stands there.
    case anything
  }

  var kind: Kind
  var name: SchemaName
  /// How many must stand there.
  var least = 1
  /// How many may stand there; `Int.max` without a limit.
  var most = 1
  var content: Content
  /// A value that it always has.
  var fixed: String?
  var remarks: [String] = []

  /// The field where something around it stands so many times.
  func repeated(_ times: Occurrence) -> SchemaField {
    var field = self
    field.least = Occurrence.product(least, times.least)
    field.most = Occurrence.product(most, times.most)
    return field
  }

  /// One optional occurrence at least is lost: the field may stay away.
  var optional: SchemaField {
    var field = self
    field.least = 0
    return field
  }
}

/// The number of a type among those that are drafted.
typealias SchemaTypeID = Int

/// `minOccurs` and `maxOccurs`.
struct Occurrence {
  let least: Int
  let most: Int

  init(_ node: SchemaNode) {
    least = node["minOccurs"].flatMap { Int($0) } ?? 1
    most = node["maxOccurs"] == "unbounded" ? .max : node["maxOccurs"].flatMap { Int($0) } ?? 1
  }

  /// Without a limit stays without a limit.
  static func product(_ a: Int, _ b: Int) -> Int {
    let (product, overflow) = a.multipliedReportingOverflow(by: b)
    return overflow ? .max : product
  }

  static func sum(_ a: Int, _ b: Int) -> Int {
    let (sum, overflow) = a.addingReportingOverflow(b)
    return overflow ? .max : sum
  }
}
