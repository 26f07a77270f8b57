/// A value written in a formula.
public enum Literal: Sendable, Equatable {
  /// `{}`
  case empty
  /// `true`, `false`
  case boolean(Bool)
  /// `'…'`, escapes resolved.
  case string(String)
  /// `12`
  case integer(Int64)
  /// `12.50`, digits as written.
  case decimal(String)
  /// `@2026-11-21`, without `@`.
  case date(String)
  /// `@2026-11-21T10:15:00+01:00`, without `@` and, when no time follows, without `T`.
  case dateTime(String)
  /// `@T10:15`, without `@T`.
  case time(String)
  /// `10 'mg'`: digits as written, and a unit of UCUM.
  case quantity(String, unit: String)
  /// `4 days`
  case duration(String, CalendarUnit)
}
