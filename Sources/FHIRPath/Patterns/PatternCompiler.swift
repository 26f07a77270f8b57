/// Turns a pattern's tree into states, from its end to its start.
///
/// A state is known by what it does and where it goes on, so equal states are made once. The paths through
/// the states, better ones first, are in the order in which PCRE would try them; in particular an iteration
/// of a loop that reads nothing ends the loop. To know that, parts have one state to go on with when nothing
/// has been read since the innermost such iteration began, and another one when something has.
struct PatternCompiler {
  /// Limits visits to the tree's nodes, each of which makes a state or two; large sets count for more.
  static let workLimit = 10_000

  var program = PatternProgram(instructions: [], sets: [], asciiSets: [], entry: 0)
  private var known: [Instruction: Int] = [:]
  private var knownSets: [ScalarSet: Int] = [:]
  var loops: [LoopKey: Loop] = [:]
  private var work = 0

  /// The states to go on with.
  struct Ends {
    /// When nothing has been read.
    var idle: Int
    /// When something has been read.
    var moved: Int

    init(idle: Int, moved: Int) { (self.idle, self.moved) = (idle, moved) }
    init(both: Int) { self.init(idle: both, moved: both) }
  }

  static func compile(_ syntax: PatternSyntax) throws(PatternFault) -> PatternProgram {
    var compiler = PatternCompiler()
    let end = compiler.emit(.match)
    compiler.program.entry = try compiler.compile(syntax, Ends(both: end))
    return compiler.program
  }

  /// The state where a part begins.
  mutating func compile(_ syntax: PatternSyntax, _ ends: Ends) throws(PatternFault) -> Int {
    work += 1
    guard work <= Self.workLimit else { throw PatternFault(problem: .tooLarge, position: 0) }
    let ends = syntax.canBeEmpty ? ends : Ends(both: ends.moved)
    switch syntax.form {
    case .empty: return ends.idle
    case .scalar(let scalar): return emit(.scalar(scalar, next: ends.moved))
    case .set(let set): return emit(.set(number(of: set), next: ends.moved))
    case .any: return emit(.any(next: ends.moved))
    case .assertion(let assertion): return emit(.assertion(assertion, next: ends.idle))
    case .group(let content, let number): return try group(content, number, ends)
    case .sequence(let parts): return try sequence(parts, ends).idle
    case .alternatives(let parts): return try alternatives(parts, ends)
    case .repetition(let repetition): return try self.repetition(repetition, ends).idle
    }
  }

  /// The state that does this.
  mutating func emit(_ instruction: Instruction) -> Int {
    if let state = known[instruction] { return state }
    program.instructions.append(instruction)
    known[instruction] = program.instructions.count - 1
    return program.instructions.count - 1
  }

  private mutating func number(of set: ScalarSet) -> Int {
    work += set.ranges.count / 16
    if let number = knownSets[set] { return number }
    knownSets[set] = program.sets.count
    program.sets.append(set)
    program.asciiSets.append(ASCIISet(set.contains))
    return program.sets.count - 1
  }

  mutating func choice(_ first: Int, _ second: Int) -> Int {
    first == second ? first : emit(.choice(first, second))
  }

  private mutating func group(
    _ content: PatternSyntax, _ number: Int, _ ends: Ends
  ) throws(PatternFault) -> Int {
    let inner = Ends(
      idle: emit(.save(slot: 2 * number + 1, next: ends.idle)),
      moved: emit(.save(slot: 2 * number + 1, next: ends.moved)))
    return emit(.save(slot: 2 * number, next: try compile(content, inner)))
  }

  /// A part's beginnings, as ends for the part before it.
  mutating func before(_ syntax: PatternSyntax, _ ends: Ends) throws(PatternFault) -> Ends {
    let moved = try compile(syntax, Ends(both: ends.moved))
    guard ends.idle != ends.moved, syntax.canBeEmpty else { return Ends(both: moved) }
    return Ends(idle: try compile(syntax, ends), moved: moved)
  }

  private mutating func sequence(_ parts: [PatternSyntax], _ ends: Ends) throws(PatternFault) -> Ends {
    var ends = ends
    for part in parts.reversed() { ends = try before(part, ends) }
    return ends
  }

  private mutating func alternatives(_ parts: [PatternSyntax], _ ends: Ends) throws(PatternFault) -> Int {
    var entries: [Int] = []
    for part in parts { entries.append(try compile(part, ends)) }
    return entries.dropLast().reversed().reduce(entries.last ?? ends.idle) { choice($1, $0) }
  }
}
