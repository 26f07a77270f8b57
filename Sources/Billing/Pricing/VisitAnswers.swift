import Diagnostics
import Documents
import FHIRPath
import Formats

/// Answers the rules' formulas about one visit after another, each in the cheapest way that it allows.
struct VisitAnswers: ~Copyable {
  /// A formula and how it is answered.
  struct Asked {
    fileprivate enum Way {
      case remembered(bit: UInt64)
      case age(AgeCondition, moved: Int, other: Int)
      case evaluated
    }

    let formula: VisitFormula
    fileprivate let way: Way
  }

  /// What all remembered formulas come to, a bit for each.
  struct Known {
    var holds: UInt64 = 0
    /// Those that can't be answered; asking them tells why.
    var faults: UInt64 = 0
  }

  private var remembered: [Asked] = []
  private var facts: [Int] = []
  private var memo = FactMemo<Known>()
  private var known: Known?
  private var document: [UInt8] = []
  private var isRead = false
  private var forest: Forest
  private var environment = FormulaEnvironment()

  /// The facts that formulas are answered from.
  static func paths(_ formulas: [VisitFormula]) -> [String] {
    let paths = formulas.flatMap { formula -> [String] in
      switch formula.way {
      case .age(let age): [age.moved, age.other]
      case .remembered(let paths): paths
      case .evaluated: []
      }
    }
    return Set(paths).sorted()
  }

  /// - Parameter names: of the library that the formulas were read with.
  init(names: NameTable) {
    forest = Forest(names: names)
  }

  /// Prepares formulas; up to 64 are remembered.
  mutating func prepare(_ formulas: [VisitFormula], _ table: borrowing FactTable) -> [Asked] {
    var asked: [Asked] = []
    for formula in formulas { asked.append(prepare(formula, table)) }
    return asked
  }

  private mutating func prepare(_ formula: VisitFormula, _ table: borrowing FactTable) -> Asked {
    switch formula.way {
    case .age(let age):
      guard let moved = table.number(of: age.moved), let other = table.number(of: age.other) else { break }
      return Asked(formula: formula, way: .age(age, moved: moved, other: other))
    case .remembered(let paths):
      guard remembered.count < 64 else { break }
      let asked = Asked(formula: formula, way: .remembered(bit: 1 << UInt64(remembered.count)))
      remembered.append(asked)
      for path in paths {
        if let fact = table.number(of: path), !facts.contains(fact) { facts.append(fact) }
      }
      return asked
    case .evaluated: break
    }
    return Asked(formula: formula, way: .evaluated)
  }

  /// What is asked from now on is about this document.
  mutating func begin(_ document: [UInt8]) {
    (self.document, isRead, known) = (document, false, nil)
  }

  /// The first of some formulas that holds; nil for none.
  /// - Throws: what makes one unanswerable.
  mutating func first(_ asked: [Asked], in visit: borrowing FactDocument) throws(Diagnostic) -> Int? {
    for index in asked.indices where try holds(asked[index], in: visit) { return index }
    return nil
  }

  /// Whether a formula holds.
  /// - Throws: what makes it unanswerable.
  mutating func holds(_ asked: Asked, in visit: borrowing FactDocument) throws(Diagnostic) -> Bool {
    switch asked.way {
    case .age(let age, let moved, let other):
      if let moved = visit.day(moved), let other = visit.day(other),
        let holds = age.holds(moved: moved, other: other)
      {
        return holds
      }
    case .remembered(let bit):
      let known = known(visit)
      if known.faults & bit == 0 { return known.holds & bit != 0 }
    case .evaluated: break
    }
    return try evaluate(asked.formula)
  }

  private mutating func known(_ visit: borrowing FactDocument) -> Known {
    if let known { return known }
    let found = memo.answer(of: visit, facts) ?? learn()
    known = found
    return found
  }

  private mutating func learn() -> Known {
    var found = Known()
    for asked in remembered {
      guard case .remembered(let bit) = asked.way else { continue }
      do throws(Diagnostic) {
        if try evaluate(asked.formula) { found.holds |= bit }
      } catch {
        found.faults |= bit
      }
    }
    memo.remember(found)
    return found
  }

  private mutating func evaluate(_ formula: VisitFormula) throws(Diagnostic) -> Bool {
    if !isRead {
      forest.removeAll()
      environment.context = try JSONReader().read(document, named: "visit", into: &forest)
      isRead = true
    }
    let (nodes, text) = (forest.next, forest.text.count)
    defer {
      forest.truncate(to: nodes)
      forest.text.truncate(to: text)
    }
    do throws(FormulaFault) {
      guard let item = try formula.formula.evaluate(over: &forest, in: &environment).first else {
        return false
      }
      return forest.isTrue(item)
    } catch {
      throw Diagnostic(error.problem, at: Place(file: formula.rule, line: 1, column: 1))
    }
  }
}
