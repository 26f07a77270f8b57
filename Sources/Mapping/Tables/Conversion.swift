/// One step of what happens to a value on its way; a closed set.
enum Conversion: Sendable, Equatable {
  /// The value must also be of this type.
  case check(ScalarType)
  /// A time without offset gets the zone's.
  case localToInstant(zone: String, isCompact: Bool)
  /// An instant as the zone's clocks showed it; fractions of a second are left out.
  case instantToLocal(zone: String, isCompact: Bool)
  /// HL7 v2's time stamp to an instant with the zone's offset; what it leaves out is 0. One without hours
  /// becomes a date.
  case timestampToInstant(zone: String)
  /// An instant as HL7 v2's time stamp of the zone; its offset is written where the clocks showed the time
  /// twice.
  case instantToTimestamp(zone: String)
  /// The date of HL7 v2's time stamp.
  case timestampToDate
  /// `20261121` to `2026-11-21`, partial ones likewise.
  case expandDate
  /// `2026-11-21` to `20261121`.
  case compactDate
  /// `12,50` to `12.50`.
  case decimalPoint
  /// `12.50` to `12,50`.
  case decimalComma
  case table(String, Direction)
  case addPrefix(String)
  case removePrefix(String)
  case encodeBase64
  case decodeBase64
  case negate
}
