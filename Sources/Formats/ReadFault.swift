import Diagnostics

/// A problem at a byte offset, before it is known under which name the message goes.
struct ReadFault: Error {
  let problem: Problem
  let offset: Int

  func diagnostic(in bytes: some Collection<UInt8>, named file: String) -> Diagnostic {
    Diagnostic(problem, at: Place(message: bytes, named: file, offset: offset))
  }
}
