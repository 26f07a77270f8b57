/// What a function takes and gives.
struct Signature {
  /// What the function is called on.
  enum Input {
    /// It does not read what it is called on.
    case none
    /// At most one item, which becomes `$this` in the arguments; none when it is called on nothing.
    case focus
    /// Any collection.
    case any
    /// Any collection of at most one item.
    case one
    /// At most one value of a type.
    case value(SystemType)
    /// Any number of values of a type.
    case values(SystemType)
    /// At most one number or quantity.
    case measure
  }

  enum Parameter: Equatable {
    /// At most one value of a type.
    case value(SystemType)
    /// A condition asked for each item of the input.
    case criterion
    /// An expression evaluated for each item of the input.
    case projection
    /// A condition asked once, of the input.
    case condition
    /// An expression that is evaluated, of the input, if it is wanted.
    case alternative
    /// An expression evaluated for each item of the input, with `$total`.
    case step
    /// What items are sorted by.
    case key
    /// A type's name.
    case type
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
    /// A number or quantity like the input.
    case measure
    /// What the last step gives.
    case total
    /// What types are told as.
    case type
    /// Nodes of any type.
    case nodes
    /// Elements of a type of the model's.
    case model(String)
  }

  let input: Input
  var parameters: [Parameter] = []
  /// How many of the last parameters may be left out.
  var optional = 0
  /// Whether the last parameter may be given any number of times.
  var isVariadic = false
  let result: Result

  func parameter(_ index: Int) -> Parameter { parameters[min(index, parameters.count - 1)] }

  var argumentCounts: ClosedRange<Int> {
    parameters.count - optional...(isVariadic ? 32 : parameters.count)
  }

  /// How many arguments are expected, in words.
  var wordedCounts: String {
    let counts = argumentCounts
    let most = "\(counts.upperBound) argument\(counts.upperBound == 1 ? "" : "s")"
    return counts.count == 1
      ? (counts.upperBound == 0 ? "no argument" : most) : "\(counts.lowerBound) to \(most)"
  }
}

extension Signature.Parameter {
  /// Whether it is asked once, of the whole input; of what is at hand when the function is called on nothing.
  var isAboutInput: Bool { self == .condition || self == .alternative }

  /// Whether `$this` in it is an item of the input.
  var isAboutItems: Bool {
    switch self {
    case .criterion, .projection, .condition, .alternative, .step, .key: true
    case .value, .any, .type: false
    }
  }
}
