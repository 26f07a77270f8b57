/// Why the gateway's doors were not opened.
public enum EntranceError: Error, Equatable, CustomStringConvertible {
  /// It would be open to more than it may; why.
  case exposed(String)

  /// One line for the operator.
  public var description: String {
    switch self {
    case .exposed(let why): "the gateway does not listen there: \(why)"
    }
  }
}
