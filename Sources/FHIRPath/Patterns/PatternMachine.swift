/// Runs a program over a text, all threads at once (Pike's machine): the time grows with the product of their
/// sizes, and no pattern makes it more.
struct PatternMachine {
  /// What to look for.
  enum Goal {
    /// The first match and its groups.
    case groups
    /// Whether there is a match.
    case anywhere
    /// Whether the whole text is a match.
    case whole
  }

  private let program: PatternProgram
  private let starts: PatternStarts
  private let instructions: UnsafeBufferPointer<Instruction>
  private let asciiSets: UnsafeBufferPointer<ASCIISet>
  private let text: UnsafeBufferPointer<UInt8>
  private let goal: Goal
  /// Those that read the character at hand, and those after it.
  private var (threads, following): (PatternThreads, PatternThreads)
  /// For each state, where in the text it was entered last.
  private let entered: UnsafeMutableBufferPointer<Int>
  /// States yet to enter, and slots to set back before.
  private var open: PatternStack
  /// The slots of the thread that goes on.
  private let kept: UnsafeMutableBufferPointer<Int>
  private(set) var hasFound = false
  /// The match's slots: starts and ends of groups, -1 for groups that took no part.
  let found: UnsafeMutableBufferPointer<Int>
  /// Where reading has come to.
  private(set) var place: Int

  /// Runs from a place on, and takes an answer from the machine.
  static func run<Answer>(
    _ pattern: Pattern, over text: UnsafeBufferPointer<UInt8>, from place: Int, for goal: Goal,
    answer: (PatternMachine) -> Answer
  ) -> Answer {
    let slotCount = goal == .groups ? 2 * (pattern.groupCount + 1) : 0
    let size = pattern.cost * (2 * slotCount + 5) + 2 * slotCount + 2
    return withUnsafeTemporaryAllocation(of: Int.self, capacity: size) { memory in
      pattern.program.instructions.withUnsafeBufferPointer { instructions in
        pattern.program.asciiSets.withUnsafeBufferPointer { asciiSets in
          var machine = PatternMachine(
            pattern, instructions, asciiSets, text, place, goal, PatternMemory(memory), slotCount)
          machine.run()
          return answer(machine)
        }
      }
    }
  }

  private init(
    _ pattern: Pattern, _ instructions: UnsafeBufferPointer<Instruction>,
    _ asciiSets: UnsafeBufferPointer<ASCIISet>, _ text: UnsafeBufferPointer<UInt8>, _ place: Int,
    _ goal: Goal, _ memory: consuming PatternMemory, _ slotCount: Int
  ) {
    (program, starts) = (pattern.program, pattern.starts)
    (self.instructions, self.asciiSets) = (instructions, asciiSets)
    (self.text, self.place, self.goal) = (text, place, goal)
    let states = instructions.count
    threads = PatternThreads(&memory, states: states, slotCount: slotCount)
    following = PatternThreads(&memory, states: states, slotCount: slotCount)
    entered = memory.take(states)
    open = PatternStack(memory.take(2 * states + 2))
    kept = memory.take(slotCount)
    found = memory.take(slotCount)
    entered.initialize(repeating: -1)
    kept.initialize(repeating: -1)
    found.initialize(repeating: -1)
  }

  private mutating func run() {
    start()
    while following.count > 0 || seek() {
      swap(&threads, &following)
      following.removeAll()
      guard step() else { return }
      if isSearching { startIfPossible() }
    }
  }

  /// Whether a match can still begin where reading has come to.
  private var isSearching: Bool { !hasFound && goal != .whole && !starts.isEmpty }

  private mutating func start() {
    if goal == .groups {
      kept.update(repeating: -1)
      kept[0] = place
    }
    enter(program.entry, at: place)
  }

  private mutating func startIfPossible() {
    if starts.isEverywhere || place < text.count && starts.contains(text[place]) { start() }
  }

  /// Begins a match at the next place where one can begin, when none is under way; answers whether it has.
  private mutating func seek() -> Bool {
    guard isSearching else { return false }
    while following.count == 0, place < text.count {
      place += text.scalar(at: place).width
      if !starts.isEverywhere {
        while place < text.count, !starts.contains(text[place]) { place += 1 }
      }
      startIfPossible()
    }
    return following.count > 0
  }

  /// Reads a character; answers whether to go on.
  private mutating func step() -> Bool {
    let isAtEnd = place == text.count
    let (scalar, width) = isAtEnd ? (Self.noScalar, 0) : text.scalar(at: place)
    for index in 0..<threads.count {
      let state = threads[index]
      switch instructions[state] {
      case .scalar(let wanted, let next):
        if scalar == wanted { go(on: next, from: index, at: place + width) }
      case .set(let set, let next):
        if contains(set, scalar) { go(on: next, from: index, at: place + width) }
      case .any(let next):
        if !isAtEnd { go(on: next, from: index, at: place + width) }
      case .match:
        if goal == .whole, !isAtEnd { continue }
        keep(index)
        if goal != .groups { return false }
        place += width
        return !isAtEnd
      case .assertion, .save, .choice: continue
      }
    }
    place += width
    return !isAtEnd
  }

  /// What is there at the text's end; no set has it.
  private static let noScalar = UInt32.max

  @inline(__always)
  private func contains(_ set: Int, _ scalar: UInt32) -> Bool {
    if scalar < 0x80 { return asciiSets[set].contains(scalar) }
    return scalar != Self.noScalar && program.sets[set].contains(scalar)
  }

  private mutating func keep(_ index: Int) {
    hasFound = true
    guard goal == .groups else { return }
    _ = found.update(fromContentsOf: threads.slots(of: index))
    found[1] = place
  }

  @inline(__always)
  private mutating func go(on state: Int, from index: Int, at place: Int) {
    if goal == .groups { _ = kept.update(fromContentsOf: threads.slots(of: index)) }
    enter(state, at: place)
  }

  /// Enters a state and all that it leads to without reading, better ones first.
  private mutating func enter(_ state: Int, at place: Int) {
    var next: Int? = state
    while let state = next ?? open.pop(restoring: kept) {
      next = nil
      guard entered[state] != place else { continue }
      entered[state] = place
      switch instructions[state] {
      case .choice(let first, let second):
        open.push(second)
        next = first
      case .save(let slot, let after):
        if goal == .groups {
          open.push(slot: slot, value: kept[slot])
          kept[slot] = place
        }
        next = after
      case .assertion(let assertion, let after):
        if assertion.holds(in: text, at: place) { next = after }
      case .scalar, .set, .any, .match:
        following.append(state, kept)
      }
    }
  }
}
