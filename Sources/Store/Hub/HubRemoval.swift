/// What of the hub is to go for ever.
public enum HubRemoval: Sendable, Hashable {
  /// Everything about a patient, the history too.
  case patient(HubKey)
  /// Replaced versions that tell what happened before a time, in milliseconds since 1970, UTC.
  case versions(before: Int64)
  /// Resources, with their history, of which only these contributors told, and nothing that happened since a
  /// time.
  case resources(of: [String], before: Int64)
}
