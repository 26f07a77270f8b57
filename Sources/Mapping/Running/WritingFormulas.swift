import Diagnostics
import Documents

extension Workspace {
  mutating func writeFormula(_ operation: WriteOperation, _ writing: Writing) -> Outcome {
    .nothing
  }
}
