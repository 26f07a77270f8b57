import Documents

/// `trace(name [, projection])`: the input, which `sluss fhirpath --trace` shows (5.9.1).
enum TraceFunction: FunctionDefinition {
  static let signature = Signature(
    input: .any, parameters: [.value(.string), .projection], optional: 1, result: .items)

  static let examples = [
    Example("(1 | 2).trace('numbers').count()", "2"),
    Example("(1 | 2).trace('more', $this + 1).count()", "2"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    let input = try run.input(call)
    guard let trace = run.environment.trace, let name = try run.string(0, of: call) else {
      return input
    }
    var shown = call.has(1) ? Items.empty : input
    if call.has(1) {
      for index in 0..<input.count {
        shown.append(try run.projection(1, of: call, for: input[index], at: index))
      }
    }
    trace.gave(shown, at: run.range(call.step), named: run.forest.string(name), in: run.forest)
    return input
  }
}
