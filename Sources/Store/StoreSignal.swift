/// Something that another gateway on the same database has changed, so that it is worth looking again.
public enum StoreSignal: Sendable, Hashable {
  /// Deliveries of that target may have become due, or be due at another time.
  case deliveries(target: String)
  /// Messages that another gateway was to translate wait for anybody.
  case translations
  /// Everything may have changed: this gateway could not hear the others for a while.
  case everything
}
