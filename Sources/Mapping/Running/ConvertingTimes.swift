import Diagnostics
import Documents

extension Workspace {
  /// A local time as an instant with the zone's offset, the first where the clocks showed it twice; one that says an
  /// offset is taken at its word.
  mutating func instant(
    _ text: TextRange, isCompact: Bool, _ step: ConversionStep, _ operation: WriteEntry, _ offset: UInt32,
    _ writing: Writing
  ) -> TextRange? {
    let zone = writing.zones[Int(step.number)]
    if !isCompact, let instant = instant(text) { return moved(instant, text, to: zone) }
    let wall = forest.text.withElements {
      DateSyntax.wall(UnsafeBufferPointer(rebasing: $0[text.indices]), isCompact: isCompact)
    }
    guard let wall else { return nil }
    guard let zoneOffset = zone._withUnsafeGuaranteedRef({ $0.offset(atWall: wall) }) else {
      let rule = writing.plan.rules[Int(operation.rule)]
      report(
        .skippedLocalTime(path: rule.source, zone: zone.takeUnretainedValue().name), at: offset,
        path: rule.source)
      return nil
    }
    let start = forest.text.count
    appendWall(wall, isCompact: false)
    if !isCompact { forest.text.append(copyOf: text.indices.dropFirst(Self.secondsEnd)) }
    appendOffset(zoneOffset)
    return TextRange(start: start, length: forest.text.count - start)
  }

  /// An instant as the zone's clocks showed it; the second of two that they showed alike has its offset, where the form
  /// has room for one. RIV-TA's form knows whole seconds of the years 1900 to 2099 only.
  mutating func local(
    _ text: TextRange, isCompact: Bool, _ step: ConversionStep, _ operation: WriteEntry, _ offset: UInt32,
    _ writing: Writing
  ) -> TextRange? {
    let zone = writing.zones[Int(step.number)]
    guard let instant = instant(text) else { return nil }
    let (wall, zoneOffset) = shown(instant, in: zone)
    guard !isCompact || Self.compactYears.contains(wall) else {
      let type = ScalarType.localTime(zone: zone.takeUnretainedValue().name, isCompact: true)
      return misfit(type, operation, offset, writing)
    }
    let start = forest.text.count
    appendWall(wall, isCompact: isCompact)
    if !isCompact {
      appendFraction(instant, text)
      if zone._withUnsafeGuaranteedRef({ $0.offset(atWall: wall) }) != zoneOffset { appendOffset(zoneOffset) }
    }
    return TextRange(start: start, length: forest.text.count - start)
  }

  /// 1900-01-01T00:00:00 up to 2100.
  private static var compactYears: Range<Int> { -2_208_988_800..<4_102_444_800 }

  /// Behind `YYYY-MM-DDThh:mm:ss`.
  private static var secondsEnd: Int { 19 }

  private func instant(_ text: TextRange) -> DateSyntax.Instant? {
    forest.text.withElements { DateSyntax.instant(UnsafeBufferPointer(rebasing: $0[text.indices])) }
  }

  /// What a zone's clocks showed, and how far east of UTC they then were.
  private func shown(_ instant: DateSyntax.Instant, in zone: Unmanaged<TimeZoneTable>) -> (
    wall: Int, offset: Int
  ) {
    let utc = instant.wall - instant.offset
    let offset = zone._withUnsafeGuaranteedRef { $0.offset(atUTC: utc) }
    return (utc + offset, offset)
  }

  /// The same instant with a zone's offset.
  private mutating func moved(
    _ instant: DateSyntax.Instant, _ text: TextRange, to zone: Unmanaged<TimeZoneTable>
  ) -> TextRange {
    let (wall, zoneOffset) = shown(instant, in: zone)
    let start = forest.text.count
    appendWall(wall, isCompact: false)
    appendFraction(instant, text)
    appendOffset(zoneOffset)
    return TextRange(start: start, length: forest.text.count - start)
  }

  private mutating func appendFraction(_ instant: DateSyntax.Instant, _ text: TextRange) {
    forest.text.append(copyOf: text.indices.dropFirst(Self.secondsEnd).prefix(instant.fractionLength))
  }

  private mutating func appendOffset(_ seconds: Int) {
    forest.text.append(seconds < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
    appendPadded(abs(seconds) / 3600, 2)
    forest.text.append(UInt8(ascii: ":"))
    appendPadded(abs(seconds) / 60 % 60, 2)
  }

  private mutating func appendWall(_ wall: Int, isCompact: Bool) {
    let days = wall >= 0 ? wall / 86_400 : (wall - 86_399) / 86_400
    let date = CivilDate(daysSinceEpoch: days)
    let second = wall - days * 86_400
    appendPadded(date.year, 4)
    append(date.month, behind: UInt8(ascii: "-"), isCompact)
    append(date.day, behind: UInt8(ascii: "-"), isCompact)
    append(second / 3600, behind: UInt8(ascii: "T"), isCompact)
    append(second / 60 % 60, behind: UInt8(ascii: ":"), isCompact)
    append(second % 60, behind: UInt8(ascii: ":"), isCompact)
  }

  @inline(__always)
  private mutating func append(_ value: Int, behind separator: UInt8, _ isCompact: Bool) {
    if !isCompact { forest.text.append(separator) }
    forest.text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / 10))
    forest.text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value % 10))
  }

  private mutating func appendPadded(_ number: Int, _ digits: Int) {
    var divisor = digits == 4 ? 1000 : 10
    while divisor > 0 {
      forest.text.append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
      divisor /= 10
    }
  }

  /// `20261121` as `2026-11-21`.
  mutating func expanded(_ text: TextRange) -> TextRange {
    let start = forest.text.count
    for (i, index) in text.indices.enumerated() {
      if i == 4 || i == 6 { forest.text.append(UInt8(ascii: "-")) }
      forest.text.append(forest.text[index])
    }
    return TextRange(start: start, length: forest.text.count - start)
  }

  /// `2026-11-21` as `20261121`.
  mutating func compacted(_ text: TextRange) -> TextRange {
    let start = forest.text.count
    for index in text.indices where forest.text[index] != UInt8(ascii: "-") {
      forest.text.append(forest.text[index])
    }
    return TextRange(start: start, length: forest.text.count - start)
  }
}
