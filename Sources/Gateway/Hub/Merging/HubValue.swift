/// A value that resources are told apart or found by.
enum HubValue: Hashable {
  case reference(String)
  case identifier(system: String?, value: String)
  case coding(system: String?, code: String)
  /// The last is whichever end there is.
  case period(start: String?, end: String?, String)
  case text(String)
}
