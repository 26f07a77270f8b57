// Repetitions. `x{2,4}` is `xx(x(x)?)?`, `x{2,}` is `xx+`.
extension PatternCompiler {
  mutating func repetition(
    _ repetition: PatternSyntax.Repetition, _ ends: Ends
  ) throws(PatternFault) -> Ends {
    let least = repetition.quantifier.least
    var result: Ends
    if let most = repetition.quantifier.most {
      result = try optional(repetition, most - least, ends)
    } else {
      result = try loop(repetition, ends)
    }
    let copies = repetition.quantifier.most == nil ? max(least - 1, 0) : least
    for _ in 0..<copies { result = try before(repetition.part, result) }
    return result
  }

  private mutating func optional(
    _ repetition: PatternSyntax.Repetition, _ count: Int, _ ends: Ends
  ) throws(PatternFault) -> Ends {
    var rest = ends
    for _ in 0..<count {
      let more = try before(repetition.part, rest)
      rest = orNot(repetition, more, ends)
    }
    return rest
  }

  /// `x+`, or `x*` when there need not be any.
  private mutating func loop(
    _ repetition: PatternSyntax.Repetition, _ ends: Ends
  ) throws(PatternFault) -> Ends {
    let loop = try loop(repetition, exit: ends.moved)
    var first = Ends(both: loop.iteration)
    if ends.idle != ends.moved {
      first.idle = try compile(repetition.part, Ends(idle: ends.idle, moved: loop.again))
    }
    return repetition.quantifier.least > 0 ? first : orNot(repetition, first, ends)
  }

  /// A loop's states with one exit.
  struct Loop {
    /// After an iteration that read something.
    let again: Int
    /// Where an iteration begins when something has been read before.
    let iteration: Int
  }

  struct LoopKey: Hashable {
    let repetition: Int
    let exit: Int
  }

  private mutating func loop(
    _ repetition: PatternSyntax.Repetition, exit: Int
  ) throws(PatternFault) -> Loop {
    let key = LoopKey(repetition: repetition.number, exit: exit)
    if let loop = loops[key] { return loop }
    let again = program.instructions.count
    program.instructions.append(.choice(again, exit))
    let iteration = try compile(repetition.part, Ends(idle: exit, moved: again))
    let isLazy = repetition.quantifier.isLazy
    program.instructions[again] = isLazy ? .choice(exit, iteration) : .choice(iteration, exit)
    loops[key] = Loop(again: again, iteration: iteration)
    return Loop(again: again, iteration: iteration)
  }

  /// A part or none of it.
  private mutating func orNot(
    _ repetition: PatternSyntax.Repetition, _ part: Ends, _ ends: Ends
  ) -> Ends {
    guard repetition.quantifier.isLazy else {
      return Ends(idle: choice(part.idle, ends.idle), moved: choice(part.moved, ends.moved))
    }
    return Ends(idle: choice(ends.idle, part.idle), moved: choice(ends.moved, part.moved))
  }
}
