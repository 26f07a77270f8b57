import Documents

// All mutating, though nothing changes: to lend so large a value is to copy it.
extension Workspace {
  /// Whether an element has all fixed values of a slice.
  mutating func matches(_ element: NodeID, _ range: TableRange, _ binding: Binding) -> Bool {
    var index = range.start
    while index < range.start + range.count {
      let fixed = binding.fixed.entry(Int(index))
      guard hasChild(element, matching: index, fixed, binding) else { return false }
      index += 1 + fixed.below
    }
    return true
  }

  private mutating func hasChild(
    _ node: NodeID, matching index: Int32, _ fixed: TableEntry<ReadPlan.Fixed>, _ binding: Binding
  )
    -> Bool
  {
    guard forest[node].kind == .object else { return false }
    var child = node + 1
    let end = forest[node].end
    while child < end {
      let record = forest[child]
      if record.name == fixed.name {
        if record.kind != .array {
          if fits(child, index, fixed, binding) { return true }
        } else {
          var element = child + 1
          while element < record.end {
            if fits(element, index, fixed, binding) { return true }
            element = forest[element].end
          }
        }
      }
      child = record.end
    }
    return false
  }

  private mutating func fits(
    _ node: NodeID, _ index: Int32, _ fixed: TableEntry<ReadPlan.Fixed>, _ binding: Binding
  )
    -> Bool
  {
    if fixed.below > 0 { return matches(node, TableRange(start: index + 1, count: fixed.below), binding) }
    let text = forest[node].text
    guard text.length == UInt32(fixed.value.count) else { return false }
    return forest.text.withElements { bytes in
      ByteRuns.same(UnsafeBufferPointer(rebasing: bytes[text.indices]), binding.constants.slice(fixed.value))
    }
  }
}
