import Cryptography

/// What a log asks of a witness (C2SP tlog-witness, add-checkpoint).
public struct WitnessRequest: Sendable, Equatable {
  /// The size that the witness is thought to know.
  public let oldSize: Int
  /// The proof that the checkpoint continues that size; empty for 0.
  public let proof: [SHA256.Digest]
  /// The signed checkpoint.
  public let checkpoint: String

  /// A request with these parts.
  public init(oldSize: Int, proof: [SHA256.Digest], checkpoint: String) {
    self.oldSize = oldSize
    self.proof = proof
    self.checkpoint = checkpoint
  }

  /// Reads the body of a request; nil when it is malformed.
  public init?(_ body: String) {
    var lines = body.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[
      ...]
    guard let first = lines.popFirst(), first.hasPrefix("old "), let oldSize = Int(first.dropFirst(4)),
      oldSize >= 0, "old \(oldSize)" == first
    else { return nil }
    var proof: [SHA256.Digest] = []
    while let line = lines.popFirst(), !line.isEmpty {
      guard proof.count < 63, let hash = Base64.decode(line).flatMap(SHA256.Digest.init(bytes:)) else {
        return nil
      }
      proof.append(hash)
    }
    self.init(oldSize: oldSize, proof: proof, checkpoint: lines.joined(separator: "\n"))
  }

  /// The body of the request.
  public var body: String {
    (["old \(oldSize)"] + proof.map { Base64.encode($0.bytes) } + [""]).map { $0 + "\n" }.joined()
      + checkpoint
  }
}

/// What a witness answers (C2SP tlog-witness: 200, 409 and others).
public enum WitnessAnswer: Sendable, Equatable {
  /// It cosigned.
  case cosigned(SignedNote.Signature)
  /// It knows another size; ask again with a proof from there.
  case knows(size: Int)
  /// It refuses, since the log is inconsistent or unknown.
  case refused(String)
}

/// Somebody outside who keeps the last checkpoint and cosigns only what continues it.
public protocol Witness: Sendable {
  /// The key of its cosignatures.
  var key: NoteKey { get }

  /// Cosigns, or says why not.
  ///
  /// - Parameter time: seconds since 1970, UTC.
  func cosign(_ request: WitnessRequest, time: Int64) async throws -> WitnessAnswer
}
