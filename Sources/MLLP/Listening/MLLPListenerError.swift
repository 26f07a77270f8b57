/// Why a listener did not start.
public enum MLLPListenerError: Error, Equatable, CustomStringConvertible {
  /// The address is not a numeric IPv4 or IPv6 address.
  case notAnAddress(String)
  /// The system refused to listen there, for example because the port is taken.
  case cannotListen(address: String, port: UInt16, reason: String)

  /// One line for the operator.
  public var description: String {
    switch self {
    case .notAnAddress(let text):
      "“\(text)” is not a numeric IP address to listen on"
    case .cannotListen(let address, let port, let reason):
      "cannot listen on \(address) port \(port): \(reason)"
    }
  }
}
