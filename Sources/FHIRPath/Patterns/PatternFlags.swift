/// The inline flags `(?ismx)` of PCRE; FHIRPath (5.6) starts in single line mode.
struct PatternFlags {
  /// `i`: letters stand for all letters with the same simple case folding.
  var ignoresCase = false
  /// `s`: `.` matches newlines too.
  var dotMatchesNewline = true
  /// `m`: `^` and `$` are at every line's start and end.
  var matchesLines = false
  /// `x`: white space and comments between items mean nothing.
  var ignoresSpace = false

  /// Sets the flag with a letter, or answers `false` when there is none.
  mutating func set(_ letter: Unicode.Scalar?, to value: Bool) -> Bool {
    switch letter {
    case "i": ignoresCase = value
    case "s": dotMatchesNewline = value
    case "m": matchesLines = value
    case "x": ignoresSpace = value
    default: return false
    }
    return true
  }
}
