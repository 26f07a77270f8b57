import Documents

/// For each link of a mapping: the resources that refer to a resource, in the order in which they were written.
struct LinkTable: ~Copyable {
  /// Of the link at hand: who refers, and to whom.
  private var referrers = Arena<Int32>(capacity: 32)
  private var targets = Arena<Int32>(capacity: 32)
  /// For each link and target where its referrers begin in `sorted`, and behind the last target where they end.
  private var starts = Arena<Int32>(capacity: 32)
  private var sorted = Arena<Int32>(capacity: 32)

  mutating func removeAll() {
    referrers.truncate(to: 0)
    targets.truncate(to: 0)
    starts.truncate(to: 0)
    sorted.truncate(to: 0)
  }

  /// Notes a reference of the link at hand; referrers come in ascending order.
  mutating func add(_ referrer: Int32, to target: Int32) {
    referrers.append(referrer)
    targets.append(target)
  }

  /// Sorts the references of the link at hand by their targets, and begins the next link.
  /// - Parameter count: how many resources there are.
  mutating func close(_ count: Int) {
    let base = starts.count
    let first = Int32(truncatingIfNeeded: sorted.count)
    starts.append(repeating: 0, count: count + 1)
    for index in 0..<targets.count where Int(targets[index]) + 1 < count {
      starts[base + Int(targets[index]) + 1] += 1
    }
    starts[base] += first
    for target in 0..<count { starts[base + target + 1] += starts[base + target] }
    sorted.append(repeating: -1, count: targets.count)
    place(base)
    starts[base + count] = Int32(truncatingIfNeeded: sorted.count)
    referrers.truncate(to: 0)
    targets.truncate(to: 0)
  }

  /// Puts each referrer where its target's begin, which move on by that, and back again.
  private mutating func place(_ base: Int) {
    for index in 0..<targets.count {
      let at = base + Int(targets[index])
      sorted[Int(starts[at])] = referrers[index]
      starts[at] += 1
    }
    for index in stride(from: targets.count - 1, through: 0, by: -1) {
      starts[base + Int(targets[index])] -= 1
    }
  }

  /// The first resource behind another, -1 for any, that refers to a target by a link; -1 for none.
  func referrer(of target: Int32, by link: Int32, after: Int32, of count: Int) -> Int32 {
    let at = Int(link) * (count + 1) + Int(target)
    var (low, high) = (Int(starts[at]), Int(starts[at + 1]))
    let end = high
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] <= after { low = middle + 1 } else { high = middle }
    }
    return low < end ? sorted[low] : -1
  }
}
