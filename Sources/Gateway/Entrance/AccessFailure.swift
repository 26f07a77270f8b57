/// Somebody was turned away, for the operator. Nothing here holds anything of a secret.
public struct AccessFailure: Sendable, Equatable, CustomStringConvertible {
  /// The numeric address that they came from.
  public let address: String
  /// Where they came: `HTTP`, or the name of an MLLP entrance.
  public let door: String
  /// The system, where they are known.
  public let system: String?
  /// Why.
  public let refusal: AccessRefusal
  /// How many more from the same address were not told since the last time.
  public let untold: Int

  /// One line.
  public var description: String {
    let who = system.map { "\($0) at \(address)" } ?? address
    let more = untold > 0 ? " (and \(untold) more from there)" : ""
    return "\(door) refuses \(who): \(refusal)\(more)"
  }
}
