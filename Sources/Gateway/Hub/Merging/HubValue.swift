import Documents

/// A value that resources are told apart or found by; the texts are its tree's.
enum HubValue: BitwiseCopyable {
  case reference(TextRange)
  case identifier(system: TextRange?, value: TextRange)
  case coding(system: TextRange?, code: TextRange)
  /// One end at least is there.
  case period(start: TextRange?, end: TextRange?)
  case text(TextRange)
}
