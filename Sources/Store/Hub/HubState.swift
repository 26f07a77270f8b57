/// What is the case with a resource.
public enum HubState: Int64, Sendable, CaseIterable {
  /// It holds.
  case live = 0
  /// Its source says that it was never right; it can still be asked for.
  case nullified = 1
  /// No source tells it any more; only its history shows it.
  case withdrawn = 2
}
