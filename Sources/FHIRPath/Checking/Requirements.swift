// What operators and functions demand of their operands; what is known only at run time passes.
extension Compiler {
  func describe(_ type: FormulaType) -> String {
    switch type {
    case .value(let type), .primitive(let type, _): type.rawValue
    case .object: scope.description(of: type).name
    case .typeInfo: "a type"
    case .unknown: "any value"
    }
  }

  func requireOne(_ operand: Checked) throws(FormulaFault) {
    if operand.repeats, isStrict || operand.isManifold {
      throw .type("several values", expected: "one value, such as its `.first()`", at: operand.range)
    }
  }

  func requireOne(_ operand: Checked, _ type: SystemType) throws(FormulaFault) {
    try requireOne(operand)
    try require(operand, type)
  }

  func require(_ operand: Checked, _ type: SystemType) throws(FormulaFault) {
    guard let found = operand.type.system else {
      if operand.type == .unknown { return }
      throw .type(describe(operand.type), expected: type.rawValue, at: operand.range)
    }
    guard found == type || (found == .integer && type == .decimal) || (found.isNumber && type == .quantity)
    else {
      throw .type(describe(operand.type), expected: type.rawValue, at: operand.range)
    }
  }

  /// A condition: in files a boolean, by the specification any single item (section 4.5).
  func requireCondition(_ operand: Checked) throws(FormulaFault) {
    try requireOne(operand)
    if isStrict { try require(operand, .boolean) }
  }

  /// A number or a quantity.
  func requireMeasure(_ operand: Checked) throws(FormulaFault) {
    try requireOne(operand)
    guard mayBeMeasure(operand.type) else {
      throw .type(describe(operand.type), expected: "a number", at: operand.range)
    }
  }

  /// An object may be FHIR's Quantity.
  func mayBeMeasure(_ type: FormulaType) -> Bool {
    type == .unknown || type.system?.isMeasure == true || isQuantity(type)
  }

  func isQuantity(_ type: FormulaType) -> Bool {
    guard let model = scope.model, let quantity = model.type(named: "Quantity") else { return false }
    return model.isKind(type, of: quantity)
  }

  /// Values of types that are never equal are a mistake of the writer.
  func requireComparable(_ left: Checked, _ right: Checked) throws(FormulaFault) {
    guard isStrict, !areComparable(left.type, right.type) else { return }
    throw .type(describe(right.type), expected: describe(left.type), at: right.range)
  }

  private func areComparable(_ left: FormulaType, _ right: FormulaType) -> Bool {
    if left == .unknown || right == .unknown { return true }
    switch (left.system, right.system) {
    case (let a?, let b?): return a.isComparable(with: b)
    case (nil, nil): return true
    case (let a?, nil): return a.isMeasure && isQuantity(right)
    case (nil, let b?): return b.isMeasure && isQuantity(left)
    }
  }

  func requireOrdered(_ left: Checked, _ right: Checked) throws(FormulaFault) {
    for operand in [left, right] {
      try requireOne(operand)
      let hasOrder =
        operand.type == .unknown || isQuantity(operand.type)
        || operand.type.system.map { $0 != .boolean } ?? false
      guard hasOrder else {
        throw .type(describe(operand.type), expected: "a value that has an order", at: operand.range)
      }
    }
    guard areComparable(left.type, right.type) else {
      throw .type(describe(right.type), expected: describe(left.type), at: right.range)
    }
  }
}
