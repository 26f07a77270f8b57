/// How something that a rule looks at is at a moment.
enum AlertVerdict: Sendable, Equatable {
  /// Wrong, and in which words.
  case wrong(String)
  case well
  /// Nothing can be said: whatever it was, it still is.
  case unknown
}
