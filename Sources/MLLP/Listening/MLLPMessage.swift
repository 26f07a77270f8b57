/// One message as it came.
public struct MLLPMessage: Sendable {
  /// What stood in the block, unchanged.
  public let bytes: [UInt8]
  /// Who sent it.
  public let peer: MLLPPeer
}
