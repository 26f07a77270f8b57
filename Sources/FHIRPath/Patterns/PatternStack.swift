/// States that a machine has yet to enter, and slots to set back before it does.
struct PatternStack {
  private let memory: UnsafeMutableBufferPointer<Int>
  private var count = 0

  /// Needs room for two integers per state.
  init(_ memory: UnsafeMutableBufferPointer<Int>) {
    memory.initialize(repeating: 0)
    self.memory = memory
  }

  @inline(__always)
  mutating func push(_ state: Int) {
    memory[count] = state
    count += 1
  }

  /// A slot is told from a state by its sign.
  @inline(__always)
  mutating func push(slot: Int, value: Int) {
    memory[count] = value
    memory[count + 1] = ~slot
    count += 2
  }

  /// The next state, after setting back the slots above it.
  @inline(__always)
  mutating func pop(restoring slots: UnsafeMutableBufferPointer<Int>) -> Int? {
    while count > 0 {
      count -= 1
      let top = memory[count]
      if top >= 0 { return top }
      count -= 1
      slots[~top] = memory[count]
    }
    return nil
  }
}
