public import Diagnostics

/// Something that a format can't hold.
public struct WritingFault: Error {
  /// What is the matter.
  public let problem: Problem
  /// Where the text came from: an offset in the message.
  public let offset: UInt32
  /// The path in what was being written, where the format has one.
  public let path: String?

  /// A fault.
  public init(problem: Problem, offset: UInt32, path: String? = nil) {
    self.problem = problem
    self.offset = offset
    self.path = path
  }
}
