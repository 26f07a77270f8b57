/// A state of a pattern's machine: what it reads or demands, and the states to go on with.
enum Instruction: Hashable, Sendable {
  case scalar(UInt32, next: Int)
  /// A character of the program's set with this index.
  case set(Int, next: Int)
  case any(next: Int)
  case assertion(PatternAssertion, next: Int)
  /// Keeps the place in a slot: 2n for the start and 2n + 1 for the end of group n.
  case save(slot: Int, next: Int)
  /// Two ways to go on, the better one first.
  case choice(Int, Int)
  case match
}
