// What `anyTrue()` and its siblings share.
extension Evaluation {
  /// Whether the input has an item of this truth value.
  mutating func holds(_ truth: Bool, in call: Call) throws(FormulaFault) -> Bool {
    let input = try input(call)
    var isFound = false
    for index in 0..<input.count {
      guard case .boolean(let value) = value(input[index]) else {
        throw fault(input[index], expected: .boolean, at: call.input)
      }
      isFound = isFound || value == truth
    }
    return isFound
  }
}
