import Diagnostics
import Documents

extension ReadingLimits {
  /// Reads one document of at most so many bytes; after a fault what was added to the forest is taken back.
  /// - Returns: where the tree begins.
  func read(
    _ bytes: [UInt8], named file: String, into forest: inout Forest,
    by parse: (UnsafeBufferPointer<UInt8>, inout Forest) throws(ReadFault) -> Void
  ) throws(Diagnostic) -> NodeID {
    let root = forest.next
    let fault = bytes.withUnsafeBufferPointer { input -> ReadFault? in
      do throws(ReadFault) {
        guard input.count <= self.bytes else {
          throw ReadFault(problem: .inputTooLarge(limit: self.bytes), offset: 0)
        }
        try parse(input, &forest)
        return nil
      } catch { return error }
    }
    guard let fault else { return root }
    forest.truncate(to: root)
    throw fault.diagnostic(in: bytes, named: file)
  }
}
