/// The states that a machine is in at one place of the text, best first, with the slots that each has kept.
struct PatternThreads {
  private let states: UnsafeMutableBufferPointer<Int>
  private let slots: UnsafeMutableBufferPointer<Int>
  private let slotCount: Int
  private(set) var count = 0

  init(_ memory: inout PatternMemory, states: Int, slotCount: Int) {
    self.states = memory.take(states)
    slots = memory.take(states * slotCount)
    self.slotCount = slotCount
  }

  subscript(index: Int) -> Int {
    @inline(__always) get { states[index] }
  }

  @inline(__always)
  func slots(of index: Int) -> UnsafeMutableBufferPointer<Int> {
    UnsafeMutableBufferPointer(rebasing: slots[index * slotCount..<(index + 1) * slotCount])
  }

  @inline(__always)
  mutating func append(_ state: Int, _ kept: UnsafeMutableBufferPointer<Int>) {
    states[count] = state
    if slotCount > 0 { _ = slots(of: count).initialize(fromContentsOf: kept) }
    count += 1
  }

  @inline(__always)
  mutating func removeAll() { count = 0 }
}

/// A piece of memory whose parts are handed out once each.
struct PatternMemory {
  private var rest: UnsafeMutableBufferPointer<Int>

  init(_ memory: UnsafeMutableBufferPointer<Int>) { rest = memory }

  /// The next integers, without values yet.
  mutating func take(_ count: Int) -> UnsafeMutableBufferPointer<Int> {
    defer { rest = UnsafeMutableBufferPointer(rebasing: rest[count...]) }
    return UnsafeMutableBufferPointer(rebasing: rest[..<count])
  }
}
