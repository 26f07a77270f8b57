/// How one value stands to another.
enum Order: Equatable {
  case before, same, after

  init<Value: Comparable>(_ a: Value, _ b: Value) {
    self = a < b ? .before : a == b ? .same : .after
  }
}
