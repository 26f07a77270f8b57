import Documents

/// A compiled formula; never changed, hence shared by all threads.
///
/// What every step reads lies in memory of its own, so that a run needs no counted reference to it.
final class Plan: Sendable {
  let operations: Table<Operation>
  let operands: Table<StepID>
  let members: Table<MemberStep>
  let typeTests: Table<TypeTest>
  /// The text of all literals, copied to the forest by an evaluation that meets one.
  let constants: Table<UInt8>
  /// The names of members that are looked up at run time.
  let names: [String]
  /// Where each operation stands in the formula.
  let ranges: [Range<Int>]
  /// What functions made of their arguments beforehand.
  let prepared: [Prepared]
  let model: (any FormulaModel)?
  /// How many variables the formula defines.
  let variableCount: Int32

  init(_ builder: PlanBuilder, model: (any FormulaModel)?) {
    operations = Table(builder.operations)
    operands = Table(builder.operands)
    members = Table(builder.members)
    typeTests = Table(builder.typeTests)
    constants = Table(builder.constants)
    names = builder.names
    ranges = builder.ranges
    prepared = builder.prepared
    self.model = model
    variableCount = builder.variableCount
  }

  deinit {
    operations.deallocate()
    operands.deallocate()
    members.deallocate()
    typeTests.deallocate()
    constants.deallocate()
  }
}

/// What a function makes of a literal argument while the formula is compiled.
enum Prepared: Sendable {
  case pattern(Pattern)
  case codes(Set<String>)
  /// For `sort`: which keys sort downwards.
  case descending([Bool])
}

/// Collects what a plan is made of.
struct PlanBuilder {
  var operations: [Operation] = []
  var ranges: [Range<Int>] = []
  var operands: [StepID] = []
  var members: [MemberStep] = []
  var typeTests: [TypeTest] = []
  var constants: [UInt8] = []
  var names: [String] = []
  var prepared: [Prepared] = []
  var variableCount: Int32 = 0

  mutating func add(constant text: String) -> TextRange {
    defer { constants += text.utf8 }
    return TextRange(start: constants.count, length: text.utf8.count)
  }

  mutating func add(members forms: [FormulaMember.Form]) -> TableRange {
    defer { members += forms.map { MemberStep(name: $0.name, companion: $0.companion, type: $0.type) } }
    return TableRange(start: Int32(members.count), count: Int32(forms.count))
  }

  mutating func add(name: String) -> Int32 {
    names.append(name)
    return Int32(names.count - 1)
  }

  mutating func add(test: TypeTest) -> Int32 {
    typeTests.append(test)
    return Int32(typeTests.count - 1)
  }

  mutating func add(prepared value: Prepared) -> Int32 {
    prepared.append(value)
    return Int32(prepared.count - 1)
  }
}
