/// A compiled formula; never changed, hence shared by all threads.
///
/// What every step reads lies in memory of its own, so that a run needs no counted reference to it.
final class Plan: @unchecked Sendable {
  let operations: UnsafeMutableBufferPointer<Operation>
  let operands: UnsafeMutableBufferPointer<StepID>
  /// The text of all literals, copied to the forest by an evaluation that meets one.
  let constants: UnsafeMutableBufferPointer<UInt8>
  /// Where each operation stands in the formula.
  let ranges: [Range<Int>]

  init(operations: [Operation], ranges: [Range<Int>], operands: [StepID], constants: [UInt8]) {
    self.operations = .allocate(capacity: operations.count)
    self.operands = .allocate(capacity: operands.count)
    self.constants = .allocate(capacity: constants.count)
    self.ranges = ranges
    _ = self.operations.initialize(from: operations)
    _ = self.operands.initialize(from: operands)
    _ = self.constants.initialize(from: constants)
  }

  deinit {
    operations.deallocate()
    operands.deallocate()
    constants.deallocate()
  }
}
