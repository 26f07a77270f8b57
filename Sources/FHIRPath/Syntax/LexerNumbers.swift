// Numbers, dates and times.
extension Lexer {
  mutating func number() throws(FormulaFault) -> Literal {
    let start = at
    let whole = take(while: \.isDigit)
    guard peek() == ".", peek(1)?.isDigit == true else {
      guard let value = Int64(whole) else { throw .expected("an integer of 64 bits", at: start..<at) }
      return .integer(value)
    }
    at += 1
    let text = whole + "." + take(while: \.isDigit)
    guard ExactDecimal(text) != nil else { throw .expected("at most 37 digits", at: start..<at) }
    return .decimal(text)
  }

  /// `@` and a date, a date with `T` and perhaps a time, or `T` and a time.
  mutating func calendarLiteral() throws(FormulaFault) -> Literal {
    let start = at
    at += 1
    let date = calendarText { $0 == "-" }
    guard peek() == "T" else { return try checked(.date(date), date, .date, from: start) }
    at += 1
    let time = calendarText { $0 == ":" || $0 == "." }
    if date.isEmpty { return try checked(.time(time), time, .time, from: start) }
    let text = time.isEmpty ? date : date + "T" + time + offset()
    return try checked(.dateTime(text), text, .dateTime, from: start)
  }

  /// Digits, and separators that a digit follows.
  private mutating func calendarText(_ isSeparator: (Unicode.Scalar) -> Bool) -> String {
    var taken = take(while: \.isDigit)
    while let separator = peek(), !taken.isEmpty, isSeparator(separator), peek(1)?.isDigit == true {
      at += 1
      taken += String(separator) + take(while: \.isDigit)
    }
    return taken
  }

  private mutating func offset() -> String {
    guard let sign = peek() else { return "" }
    if sign == "Z" {
      at += 1
      return "Z"
    }
    guard sign == "+" || sign == "-", peek(1)?.isDigit == true, peek(2)?.isDigit == true, peek(3) == ":"
    else { return "" }
    at += 1
    return String(sign) + calendarText { $0 == ":" }
  }

  private func checked(
    _ literal: Literal, _ text: String, _ type: SystemType, from start: Int
  ) throws(FormulaFault) -> Literal {
    guard CalendarTime(text, type) != nil else {
      throw .expected("a date or time such as @2026-11-21T10:15:00+01:00", at: start..<at)
    }
    return literal
  }
}
