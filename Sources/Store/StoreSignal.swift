/// Something that another gateway on the same database has changed, so that it is worth looking again.
public enum StoreSignal: Sendable, Hashable {
  /// Deliveries of that target may have become due, or be due at another time.
  case deliveries(target: String)
  /// Nobody translates any more: whoever comes first may.
  case translations
  /// Another gateway has stored messages, and this one translates.
  case messages
  /// Everything may have changed: this gateway could not hear the others for a while.
  case everything
}
