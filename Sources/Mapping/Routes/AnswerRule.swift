public import FHIRPath

/// What a target's answer must say, besides its status, for a delivery to count: RIV-TA services answer 200 and a
/// `resultCode` also when they have refused what they were sent.
public struct AnswerRule: Sendable {
  /// The shape of the answer; `nil` when only the answer shows what is in it.
  public let shape: String?
  /// True in the answer to a delivery that was taken.
  public let delivered: Formula
  /// True when the same delivery may be taken later; `nil` when what was not taken never will be.
  public let retry: Formula?
}
