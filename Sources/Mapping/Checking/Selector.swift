/// Which elements of a field a step of a path means.
enum Selector: Sendable, Equatable {
  /// The one there is.
  case only
  /// The first of a repetition, whatever it holds.
  case first
  /// The first element with a slice's fixed values.
  case slice(Slice)
  /// All, for `each`; with a slice, all that have its fixed values.
  case all(Slice?)

  static func == (a: Selector, b: Selector) -> Bool {
    switch (a, b) {
    case (.only, .only), (.first, .first), (.all(nil), .all(nil)): true
    case (.slice(let x), .slice(let y)), (.all(let x?), .all(let y?)): x.name == y.name
    default: false
    }
  }

  var slice: Slice? {
    switch self {
    case .slice(let slice): slice
    case .all(let slice): slice
    case .only, .first: nil
    }
  }

  var isAll: Bool { if case .all = self { true } else { false } }
}

/// One resolved step: a field of a type and which of its elements.
struct Step {
  let field: Int
  let owner: TypeID
  let selector: Selector
}
