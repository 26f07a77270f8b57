import TestRig

/// What SQLite takes and PostgreSQL refuses: a text that is too long for an index.
enum Unfit {
  static let text: String = {
    var random = Seeded(seed: 1)
    return String(
      decoding: (0..<9_000).map { _ in UInt8.random(in: 33...126, using: &random) }, as: UTF8.self)
  }()
}
