/// `sort([key, …])`: the items in order; a minus before a key turns it round (an addition of the continuous build).
enum SortFunction: FunctionDefinition {
  static let signature = Signature(
    input: .any, parameters: [.key], optional: 1, isVariadic: true, result: .items)

  static let examples = [
    Example("(3 | 1 | 2).sort()", "1 | 2 | 3"),
    Example("(3 | 1 | 2).sort(-$this)", "3 | 2 | 1"),
    Example("('b' | 'a').sort($this)", "'a' | 'b'"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    let input = try run.input(call)
    guard input.count > 1 else { return input }
    var keys: [[Item?]] = []
    for index in 0..<input.count { keys.append(try Self.keys(of: input[index], index, call, &run)) }
    guard case .descending(let descending) = run.plan.prepared[Int(call.prepared)] else { return input }
    var order: [Int] = []
    for index in 0..<input.count {
      let place = try Self.place(of: index, in: order, keys, descending, call, &run)
      order.insert(index, at: place)
    }
    return Items(order.map { input[$0] })
  }

  private static func keys(
    of item: Item, _ index: Int, _ call: Call, _ run: inout Evaluation
  ) throws(FormulaFault) -> [Item?] {
    guard call.has(0) else { return [run.value(item)] }
    var keys: [Item?] = []
    for argument in 0..<Int(call.argumentCount) {
      let given = try run.projection(argument, of: call, for: item, at: index)
      guard given.count < 2 else { throw run.several(given.count, at: run.step(argument, of: call)) }
      keys.append(given.first.map { run.value($0) })
    }
    return keys
  }

  /// Where an item goes among those that are in order, behind its equals.
  private static func place(
    of index: Int, in order: [Int], _ keys: [[Item?]], _ descending: [Bool], _ call: Call,
    _ run: inout Evaluation
  ) throws(FormulaFault) -> Int {
    var (low, high) = (0, order.count)
    try run.spend(1 + order.count / 16, at: call.step)
    while low < high {
      let middle = (low + high) / 2
      let isBefore = try precedes(keys[index], keys[order[middle]], descending, call, &run)
      if isBefore { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// An item without a key counts as greater than all that have one.
  private static func precedes(
    _ a: [Item?], _ b: [Item?], _ descending: [Bool], _ call: Call, _ run: inout Evaluation
  ) throws(FormulaFault) -> Bool {
    for index in a.indices {
      let isDescending = index < descending.count && descending[index]
      switch (a[index], b[index]) {
      case (nil, nil): continue
      case (nil, _?): return isDescending
      case (_?, nil): return !isDescending
      case (let left?, let right?):
        let order = try run.order(left, right, at: call.step) ?? .same
        if order != .same { return (order == .before) != isDescending }
      }
    }
    return false
  }
}
