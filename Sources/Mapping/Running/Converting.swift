import Diagnostics
import Documents

// Values on their way from one type to another.
extension Workspace {
  /// Runs a line's conversions; `nil` when the value becomes absent or can't be taken, which is reported.
  mutating func convert(
    _ value: TextRange, _ operation: WriteEntry, _ offset: UInt32, _ writing: Writing
  ) -> TextRange? {
    var text = value
    for i in 0..<operation.argument.count {
      let step = writing.conversions[Int(operation.argument.start + i)]
      guard let next = apply(step, to: text, operation, offset, writing) else { return nil }
      text = next
    }
    return text
  }

  private mutating func apply(
    _ step: ConversionStep, to text: TextRange, _ operation: WriteEntry, _ offset: UInt32,
    _ writing: Writing
  ) -> TextRange? {
    switch step.kind {
    case .check: return checked(text, step, operation, offset, writing)
    case .table: return lookUp(text, step, operation, offset, writing)
    case .localToInstant, .compactLocalToInstant:
      return instant(text, isCompact: step.kind == .compactLocalToInstant, step, operation, offset, writing)
    case .instantToLocal, .instantToCompactLocal:
      return local(text, isCompact: step.kind == .instantToCompactLocal, step, operation, offset, writing)
    case .timestampToInstant: return instant(ofTimestamp: text, step, operation, offset, writing)
    case .instantToTimestamp: return timestamp(text, step, operation, offset, writing)
    case .timestampToDate: return date(ofTimestamp: text)
    case .expandDate: return expanded(text)
    case .compactDate: return compacted(text)
    case .addPrefix:
      let start = forest.text.count
      forest.text.append(writing.constants.slice(step.constant))
      forest.text.append(copyOf: text.indices)
      return TextRange(start: start, length: forest.text.count - start)
    case .decimalPoint: return exchanged(UInt8(ascii: ","), by: UInt8(ascii: "."), in: text)
    case .decimalComma: return exchanged(UInt8(ascii: "."), by: UInt8(ascii: ","), in: text)
    case .removePrefix: return unprefixed(text, step, operation, offset, writing)
    case .encodeBase64: return base64(text)
    case .decodeBase64: return decoded(text, operation, offset, writing)
    case .negate: return forest.append(forest.text[Int(text.start)] == UInt8(ascii: "t") ? "false" : "true")
    }
  }

  private mutating func checked(
    _ text: TextRange, _ step: ConversionStep, _ operation: WriteEntry, _ offset: UInt32,
    _ writing: Writing
  ) -> TextRange? {
    let isValid = forest.text.withElements {
      writing.checks.accept(UnsafeBufferPointer(rebasing: $0[text.indices]), step.rule)
    }
    if isValid { return text }
    return misfit(writing.plan.checkedTypes[Int(step.number)], operation, offset, writing)
  }

  /// Reports a value that the target's type does not take.
  mutating func misfit(
    _ type: ScalarType, _ operation: WriteEntry, _ offset: UInt32, _ writing: Writing
  ) -> TextRange? {
    let rule = writing.plan.rules[Int(operation.rule)]
    report(
      .valueDoesNotFit(path: rule.target, type: type.description, reason: type.rule, rule: rule.place),
      at: offset,
      path: rule.source)
    return nil
  }

  private mutating func lookUp(
    _ text: TextRange, _ step: ConversionStep, _ operation: WriteEntry, _ offset: UInt32,
    _ writing: Writing
  ) -> TextRange? {
    let result = forest.text.withElements { bytes in
      writing.tables[Int(step.number)]._withUnsafeGuaranteedRef {
        $0.find(UnsafeBufferPointer(rebasing: bytes[text.indices]))
      }
    }
    let start = forest.text.count
    switch result {
    case .found(let target):
      forest.text.append(target)
    case .pattern(let before, let middle, let after):
      forest.text.append(before)
      forest.text.append(
        copyOf: text.indices.lowerBound + middle.lowerBound..<text.indices.lowerBound + middle.upperBound)
      forest.text.append(after)
    case .absent: return nil
    case .missing:
      let table = writing.tables[Int(step.number)].takeUnretainedValue()
      let rule = writing.plan.rules[Int(operation.rule)]
      report(
        .noRowForCode(path: rule.source, table: table.name, codes: table.codes, rule: rule.place), at: offset,
        path: rule.source)
      return nil
    }
    return TextRange(start: start, length: forest.text.count - start)
  }

  private mutating func unprefixed(
    _ text: TextRange, _ step: ConversionStep, _ operation: WriteEntry, _ offset: UInt32,
    _ writing: Writing
  ) -> TextRange? {
    let prefix = writing.constants.slice(step.constant)
    guard forest.text.withElements({ $0[text.indices].starts(with: prefix) }) else {
      return refuse(
        "prefix", "expected it to begin with \(String(decoding: prefix, as: UTF8.self))", operation, offset,
        writing)
    }
    return TextRange(start: Int(text.start) + prefix.count, length: Int(text.length) - prefix.count)
  }

  private mutating func exchanged(_ mark: UInt8, by other: UInt8, in text: TextRange) -> TextRange {
    let start = forest.text.count
    forest.text.append(copyOf: text.indices)
    for index in start..<forest.text.count where forest.text[index] == mark { forest.text[index] = other }
    return TextRange(start: start, length: Int(text.length))
  }

  private mutating func decoded(
    _ text: TextRange, _ operation: WriteEntry, _ offset: UInt32, _ writing: Writing
  ) -> TextRange? {
    unbase64(text) ?? refuse("base64", "expected base64 of UTF-8 text", operation, offset, writing)
  }

  private mutating func refuse(
    _ converter: String, _ reason: String, _ operation: WriteEntry, _ offset: UInt32,
    _ writing: Writing
  ) -> TextRange? {
    let rule = writing.plan.rules[Int(operation.rule)]
    report(
      .valueNotConvertible(path: rule.source, converter: converter, reason: reason, rule: rule.place),
      at: offset,
      path: rule.source)
    return nil
  }
}
