import Diagnostics
import Documents
import FHIRPath

extension Workspace {
  /// Writes what a formula gives; nothing when that is nothing.
  mutating func writeFormula(_ operation: WriteEntry, _ writing: Writing) -> Outcome {
    do {
      let items = try evaluate(operation.cell, writing)
      guard let item = items.first else { return .nothing }
      guard items.count == 1 else { return fail("it gives \(items.count) values", operation, writing) }
      return write(item, operation, writing)
    } catch {
      let wording = error.problem.wording
      return fail("\(wording.title), \(wording.label)", operation, writing)
    }
  }

  /// Whether a condition holds for the element at hand.
  mutating func holds(_ number: Int32, _ writing: Writing) -> Bool {
    writing.notes ? holdsNoting(number, writing) : isTrue(number, writing)
  }

  mutating func isTrue(_ number: Int32, _ writing: Writing) -> Bool {
    do {
      let items = try evaluate(number, writing)
      return items.count == 1 && items.first.map { forest.isTrue($0) } ?? false
    } catch {
      let wording = error.problem.wording
      let place = writing.plan.owners.formulas[Int(number)].place
      report(.formulaFailed(reason: "\(wording.title), \(wording.label)", rule: place), at: 0)
      return false
    }
  }

  mutating func evaluate(_ number: Int32, _ writing: Writing) throws(FormulaFault) -> Items {
    let call = writing.formulas[Int(number)]
    formulaEnvironment.nodes.truncate(to: 0)
    for index in call.nodes.indices { formulaEnvironment.nodes.append(node(in: writing.formulaNodes[index])) }
    let context = call.context.depth < 0 ? -1 : node(in: call.context)
    formulaEnvironment.context = context < 0 ? nil : context
    return try call.formula.evaluate(over: &forest, in: &formulaEnvironment)
  }

  private mutating func node(in place: CellPlace) -> NodeID {
    place.depth < frames.count ? cells[Int(frames[place.depth]) + place.cell] : -1
  }

  private mutating func write(_ item: Item, _ operation: WriteEntry, _ writing: Writing) -> Outcome {
    var text = forest.written(item)
    var offset: UInt32 = 0
    if case .node(let node, _) = item { offset = forest[node].offset }
    if operation.argument.count > 0 {
      let told = diagnostics.count
      guard let converted = convert(text, operation, offset, writing) else {
        return diagnostics.count > told ? .data : .nothing
      }
      text = converted
    }
    if text.length == 0 { return .nothing }
    forest.leaf(operation.nodeKind, name: operation.name, text: text, offset: offset)
    return .data
  }

  private mutating func fail(_ reason: String, _ operation: WriteEntry, _ writing: Writing) -> Outcome {
    let rule = writing.plan.rules[Int(operation.rule)]
    report(.formulaFailed(reason: reason, rule: rule.place), at: 0)
    return .data
  }
}
