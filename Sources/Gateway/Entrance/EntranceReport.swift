public import Cryptography
public import MLLP

/// What happens at the gateway's doors, for the operator.
public enum EntranceReport: Sendable, Equatable, CustomStringConvertible {
  /// Somebody was turned away.
  case refused(AccessFailure)
  /// Changed certificates are shown from now on; when the first of them ends, in seconds since 1970, UTC.
  case certificatesRenewed(expires: Int64?)
  /// Changed certificates can't be used; those before go on.
  case certificatesKept(TLSFault)
  /// An MLLP connection was closed before its peer closed it.
  case closed(entrance: String, address: String, MLLPFault)

  /// One line.
  public var description: String {
    switch self {
    case .refused(let failure): failure.description
    case .certificatesRenewed(let expires):
      "shows renewed certificates" + (expires.map { ", until \(Self.text($0))" } ?? "")
    case .certificatesKept(let fault): "keeps its certificates: \(fault)"
    case .closed(let entrance, let address, let fault):
      "\(entrance) closes a connection from \(address): \(fault)"
    }
  }

  private static func text(_ seconds: Int64) -> String { Timestamp.text(milliseconds: seconds * 1000) }
}
