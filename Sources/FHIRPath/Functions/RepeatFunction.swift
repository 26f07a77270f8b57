/// `repeat(projection)`: what a projection gives, and what it gives for that, and so on, each item once (5.2.3).
enum RepeatFunction: FunctionDefinition {
  static let signature = Signature(input: .any, parameters: [.projection], result: .projection)

  static let examples = [
    Example("1.repeat(iif($this < 4, $this + 1, {}))", "2 | 3 | 4"),
    Example("{}.repeat($this)", "{}"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    var found = Items.empty
    var fresh = try run.input(call)
    while fresh.count > 0 {
      var next = Items.empty
      for index in 0..<fresh.count {
        let given = try run.projection(0, of: call, for: fresh[index], at: index)
        for place in 0..<given.count {
          try run.spend(found.count, at: call.step)
          guard !run.holds(found, given[place]) else { continue }
          found.append(given[place])
          next.append(given[place])
        }
      }
      fresh = next
    }
    return found
  }
}
