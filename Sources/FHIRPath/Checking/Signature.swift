/// What a function takes and gives.
struct Signature {
  /// What the function is called on.
  enum Input {
    /// It does not read what it is called on.
    case none
    /// Any collection.
    case any
    /// Any collection of at most one item.
    case one
    /// At most one value of a type.
    case value(SystemType)
    /// Any number of values of a type.
    case values(SystemType)
  }

  enum Parameter {
    /// At most one value of a type.
    case value(SystemType)
    /// A condition asked for each item of the input.
    case criterion
    /// An expression evaluated for each item of the input.
    case projection
    /// A condition asked once.
    case condition
    /// Any collection, evaluated once.
    case any
  }

  enum Result {
    /// At most one value of a type.
    case value(SystemType)
    /// Any number of values of a type.
    case values(SystemType)
    /// Some of the input's items.
    case items
    /// One of the input's items.
    case item
    /// What the first argument gives for each item.
    case projection
    /// One of the arguments from an index on.
    case argument(from: Int)
    /// Items of the input and the first argument.
    case union
  }

  let input: Input
  var parameters: [Parameter] = []
  /// How many of the last parameters may be left out.
  var optional = 0
  let result: Result

  var argumentCounts: ClosedRange<Int> { parameters.count - optional...parameters.count }

  /// How many arguments are expected, in words.
  var wordedCounts: String {
    let counts = argumentCounts
    let most = "\(counts.upperBound) argument\(counts.upperBound == 1 ? "" : "s")"
    return counts.count == 1
      ? (counts.upperBound == 0 ? "no argument" : most) : "\(counts.lowerBound) to \(most)"
  }
}
