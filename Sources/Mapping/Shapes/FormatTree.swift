extension Format {
  /// Whether values are all texts, and what repeats stands several times; else there are kinds and arrays.
  var isPlain: Bool { self != .json }
}
