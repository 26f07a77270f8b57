import Diagnostics
import Documents

// HL7 v2's time stamps.
extension Workspace {
  /// A time stamp as an instant with the zone's offset, whatever its own. One without hours is a date.
  mutating func instant(
    ofTimestamp text: TextRange, _ step: ConversionStep, _ operation: WriteEntry, _ offset: UInt32,
    _ writing: Writing
  ) -> TextRange? {
    guard
      let stamp = forest.text.withElements({
        TimestampSyntax(UnsafeBufferPointer(rebasing: $0[text.indices]))
      })
    else { return nil }
    guard stamp.hasTime else { return date(ofTimestamp: text) }
    let zone = writing.zones[Int(step.number)]
    let found = zone._withUnsafeGuaranteedRef { zone -> (utc: Int, east: Int)? in
      if let own = stamp.offset { return (stamp.wall - own, zone.offset(atUTC: stamp.wall - own)) }
      return zone.offset(atWall: stamp.wall).map { (stamp.wall - $0, $0) }
    }
    guard let (utc, east) = found else { return skipped(zone, operation, offset, writing) }
    let start = forest.text.count
    appendWall(utc + east, isCompact: false)
    forest.text.append(copyOf: fraction(stamp, of: text))
    appendOffset(east, separator: UInt8(ascii: ":"))
    return TextRange(start: start, length: forest.text.count - start)
  }

  private func fraction(_ stamp: TimestampSyntax, of text: TextRange) -> Range<Int> {
    Int(text.start) + stamp.fraction.lowerBound..<Int(text.start) + stamp.fraction.upperBound
  }

  /// The date of a time stamp as `2026-11-21`, as far as it goes.
  mutating func date(ofTimestamp text: TextRange) -> TextRange? {
    let digits = forest.text.withElements { bytes in
      TimestampSyntax(UnsafeBufferPointer(rebasing: bytes[text.indices]))?.precision
    }
    return digits.map { expanded(TextRange(start: Int(text.start), length: min($0, 8))) }
  }

  /// An instant as the zone's clocks showed it, a date as it is. The offset is written only where the time
  /// alone would be read as another instant.
  mutating func timestamp(
    _ text: TextRange, _ step: ConversionStep, _ operation: WriteEntry, _ offset: UInt32, _ writing: Writing
  ) -> TextRange? {
    let parsed = forest.text.withElements {
      DateSyntax.instant(UnsafeBufferPointer(rebasing: $0[text.indices]))
    }
    guard let instant = parsed else { return compacted(text) }
    let utc = instant.wall - instant.offset
    let zone = writing.zones[Int(step.number)]
    let (east, reads) = zone._withUnsafeGuaranteedRef { zone -> (Int, Int?) in
      let east = zone.offset(atUTC: utc)
      return (east, zone.offset(atWall: utc + east))
    }
    guard Self.yearsOfFourDigits.contains(utc + east) else {
      let type = ScalarType.timestamp(zone: zone.takeUnretainedValue().name, isPartial: false)
      return misfit(type, operation, offset, writing)
    }
    let start = forest.text.count
    appendWall(utc + east, isCompact: true)
    let fraction = Int(text.start) + 19..<Int(text.start) + 19 + min(instant.fractionLength, 5)
    forest.text.append(copyOf: fraction)
    if reads != east { appendOffset(east, separator: nil) }
    return TextRange(start: start, length: forest.text.count - start)
  }

  /// 0001-01-01T00:00:00 up to 10000.
  private static var yearsOfFourDigits: Range<Int> { -62_135_596_800..<253_402_300_800 }
}
